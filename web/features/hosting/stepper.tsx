'use client';

import { Minus, Plus } from 'lucide-react';
import { Button, Group, Input, Label, NumberField } from 'react-aria-components';

import { FieldError } from '@/ui/field';

import styles from './stepper.module.css';

/** A small number that is counted up and down. */
export function Stepper({
  label,
  hint,
  value,
  min,
  max,
  step = 1,
  error,
  disabled,
  onChange,
}: {
  label: string;
  hint?: string;
  value: number;
  min: number;
  max: number;
  step?: number;
  error?: string | null;
  disabled?: boolean;
  onChange: (value: number) => void;
}) {
  return (
    <div>
      <NumberField
        value={value}
        minValue={min}
        maxValue={max}
        step={step}
        isDisabled={disabled}
        isInvalid={Boolean(error)}
        onChange={(next) => Number.isFinite(next) && onChange(next)}
        className={styles.stepper}
      >
        <Label className={styles.label}>
          {label}
          {hint && <span className={styles.hint}>{hint}</span>}
        </Label>
        <Group className={styles.group}>
          <Button slot="decrement" className={styles.button}>
            <Minus size={18} aria-hidden="true" />
          </Button>
          <Input className={styles.input} />
          <Button slot="increment" className={styles.button}>
            <Plus size={18} aria-hidden="true" />
          </Button>
        </Group>
      </NumberField>
      <FieldError>{error}</FieldError>
    </div>
  );
}
