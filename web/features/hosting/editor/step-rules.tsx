'use client';

import type { BookingMode, CancellationPolicy } from '@/lib/api/types';
import { bookingModes, policies } from '@/lib/labels';
import { FieldError, TextArea, TextField } from '@/ui/field';

import { Stepper } from '../stepper';
import { useEditor } from './context';
import styles from './editor.module.css';
import { Notes } from './notes';
import { entries, words } from './step-basics';

const modeHints: Record<BookingMode, string> = {
  instant: 'Guests book at once; you are told.',
  request: 'You answer each request within 24 hours.',
};

const policyHints: Record<CancellationPolicy, string> = {
  flexible: 'Everything back until 1 day before check-in, then half.',
  moderate: 'Everything back until 5 days before check-in, half until 1 day before, then nothing.',
  strict:
    'Everything back within 48 hours of booking and until 14 days before check-in, half until 7 days before, then nothing.',
};

export function RulesStep() {
  return (
    <div className={styles.form}>
      <Terms />
      <Availability />
    </div>
  );
}

function Terms() {
  const { store, view } = useEditor();
  const { values } = view;
  return (
    <fieldset className={styles.form} disabled={!view.editable}>
      <legend className="visually-hidden">Rules of the house</legend>
      <Cards
        label="How guests book"
        name="booking_mode"
        options={entries(bookingModes).map(([value, title]) => ({ value, title, hint: modeHints[value] }))}
        value={values.booking_mode}
        error={words(store.error('booking_mode'))}
        onChange={(booking_mode) => store.set({ booking_mode })}
      />
      <Cards
        label="When a guest cancels"
        name="cancellation_policy"
        options={entries(policies).map(([value, title]) => ({ value, title, hint: policyHints[value] }))}
        value={values.cancellation_policy}
        error={words(store.error('cancellation_policy'))}
        onChange={(cancellation_policy) => store.set({ cancellation_policy })}
      />
      <div className={styles.fields}>
        <TextField
          label="Check-in from"
          type="time"
          name="check_in_from"
          value={values.check_in_from}
          error={words(store.error('check_in_from'))}
          onChange={(event) => event.target.value && store.set({ check_in_from: event.target.value })}
        />
        <TextField
          label="Check-out until"
          type="time"
          name="check_out_until"
          value={values.check_out_until}
          error={words(store.error('check_out_until'))}
          onChange={(event) => event.target.value && store.set({ check_out_until: event.target.value })}
        />
      </div>
      <Notes of="house_rules" />
      <TextArea
        label="House rules"
        hint="Quiet hours, shoes, the key, the neighbours’ cat."
        name="house_rules"
        optional
        maxLength={2000}
        value={values.house_rules}
        error={words(store.error('house_rules'))}
        onChange={(event) => store.set({ house_rules: event.target.value })}
      />
    </fieldset>
  );
}

function Availability() {
  const { store, view } = useEditor();
  const { rules, listing } = view;
  const off = listing.status === 'archived';
  const stepper = (name: keyof typeof rules) => ({
    value: rules[name],
    disabled: off,
    error: words(store.rulesError(name)),
    onChange: (value: number) => store.setRules({ [name]: value }),
  });
  return (
    <section aria-labelledby="availability-title">
      <h3 id="availability-title" className={styles.groupTitle}>
        Which stays are possible
      </h3>
      <div className={styles.rows}>
        <Stepper label="Shortest stay" hint="In nights" min={1} max={63} {...stepper('min_nights')} />
        <Stepper label="Longest stay" hint="In nights" min={1} max={499} {...stepper('max_nights')} />
        <Stepper
          label="Notice"
          hint="Days between booking and check-in at least"
          min={0}
          max={90}
          {...stepper('advance_notice_days')}
        />
        <Stepper
          label="Open for"
          hint="Days ahead of today in which stays can be booked"
          min={1}
          max={730}
          {...stepper('horizon_days')}
        />
      </div>
    </section>
  );
}

function Cards<T extends string>({
  label,
  name,
  options,
  value,
  error,
  onChange,
}: {
  label: string;
  name: string;
  options: { value: T; title: string; hint: string }[];
  value: T;
  error: string | null;
  onChange: (value: T) => void;
}) {
  return (
    <fieldset className={styles.cards}>
      <legend className={styles.cardsLabel}>{label}</legend>
      {options.map((option) => (
        <label key={option.value} className={styles.card}>
          <input
            type="radio"
            name={name}
            value={option.value}
            checked={value === option.value}
            onChange={() => onChange(option.value)}
          />
          <span>
            <strong>{option.title}</strong>
            <span className={styles.cardHint}>{option.hint}</span>
          </span>
        </label>
      ))}
      <FieldError>{error}</FieldError>
    </fieldset>
  );
}
