'use client';

import { Stepper } from '../stepper';
import { useEditor } from './context';
import styles from './editor.module.css';
import { Notes } from './notes';
import { words } from './step-basics';

export function CapacityStep() {
  const { store, view } = useEditor();
  const { values, editable } = view;
  const common = { disabled: !editable };
  return (
    <div className={styles.form}>
      <Notes of="capacity" />
      <div className={styles.rows}>
        <Stepper
          {...common}
          label="Guests"
          hint="The most that may stay at once"
          value={values.max_guests}
          min={1}
          max={50}
          error={words(store.error('max_guests'))}
          onChange={(max_guests) => store.set({ max_guests })}
        />
        <Stepper
          {...common}
          label="Bedrooms"
          hint="None is a studio"
          value={values.bedrooms}
          min={0}
          max={50}
          error={words(store.error('bedrooms'))}
          onChange={(bedrooms) => store.set({ bedrooms })}
        />
        <Stepper
          {...common}
          label="Beds"
          value={values.beds}
          min={0}
          max={100}
          error={words(store.error('beds'))}
          onChange={(beds) => store.set({ beds })}
        />
        <Stepper
          {...common}
          label="Bathrooms"
          hint="A toilet without a shower or bath counts as half a one"
          value={values.bathrooms}
          min={0}
          max={50}
          step={0.5}
          error={words(store.error('bathrooms'))}
          onChange={(bathrooms) => store.set({ bathrooms })}
        />
      </div>
    </div>
  );
}
