'use client';

import type { Amenity } from '@/lib/api/types';
import { amenities as labels } from '@/lib/labels';
import { Choice, Choices } from '@/ui/field';

import { amenityGroups } from '../amenity-groups';
import { useEditor } from './context';
import styles from './editor.module.css';
import { Notes } from './notes';
import { words } from './step-basics';

export function AmenitiesStep() {
  const { store, view } = useEditor();
  const chosen = new Set(view.values.amenities);
  function toggle(amenity: Amenity, on: boolean) {
    const next = new Set(view.values.amenities);
    if (on) next.add(amenity);
    else next.delete(amenity);
    store.set({ amenities: [...next].sort() });
  }
  const error = words(store.error('amenities'));
  return (
    <fieldset className={styles.form} disabled={!view.editable}>
      <legend className={styles.lead}>Guests filter by these. Tick only what is there and works.</legend>
      <Notes of="amenities" />
      {amenityGroups.map(({ title, amenities }, index) => (
        <Choices key={title} label={title} error={index === 0 ? error : null}>
          {amenities.map((amenity) => (
            <Choice
              key={amenity}
              type="checkbox"
              name="amenities"
              value={amenity}
              checked={chosen.has(amenity)}
              onChange={(event) => toggle(amenity, event.target.checked)}
            >
              {labels[amenity]}
            </Choice>
          ))}
        </Choices>
      ))}
    </fieldset>
  );
}
