'use client';

import { propertyTypes, roomTypes } from '@/lib/labels';
import { Choice, Choices, TextArea, TextField } from '@/ui/field';

import { useEditor } from './context';
import styles from './editor.module.css';
import { Notes } from './notes';
import { inWords, least } from './steps';
import type { ListingValues } from './values';

export function BasicsStep() {
  const { store, view } = useEditor();
  const { values, editable } = view;
  const error = (name: keyof ListingValues) => words(store.error(name));
  return (
    <fieldset className={styles.form} disabled={!editable}>
      <legend className="visually-hidden">Basics</legend>
      <Notes of="title" />
      <Counted text={values.title} least={least.title} most={100}>
        <TextField
          label="Title"
          hint="What makes it this place and no other: “Courtyard flat above the trams”."
          name="title"
          value={values.title}
          maxLength={100}
          autoComplete="off"
          error={error('title')}
          onChange={(event) => store.set({ title: event.target.value })}
        />
      </Counted>
      <Notes of="property_type" />
      <Choices label="Type of place" error={error('property_type')}>
        {entries(propertyTypes).map(([value, label]) => (
          <Choice
            key={value}
            name="property_type"
            value={value}
            checked={values.property_type === value}
            onChange={() => store.set({ property_type: value })}
          >
            {label}
          </Choice>
        ))}
      </Choices>
      <Notes of="room_type" />
      <Choices label="What guests get" error={error('room_type')}>
        {entries(roomTypes).map(([value, label]) => (
          <Choice
            key={value}
            name="room_type"
            value={value}
            checked={values.room_type === value}
            onChange={() => store.set({ room_type: value })}
          >
            {label}
          </Choice>
        ))}
      </Choices>
      <Notes of="description" />
      <Counted text={values.description} least={least.description} most={5000}>
        <TextArea
          label="Description"
          hint="What guests see, hear and find around them, in your own words. What could disappoint belongs here, too."
          name="description"
          value={values.description}
          maxLength={5000}
          rows={8}
          error={error('description')}
          onChange={(event) => store.set({ description: event.target.value })}
        />
      </Counted>
    </fieldset>
  );
}

/** The API's sentence of a field in the editor's words. */
export function words(message: string | null): string | null {
  return message ? inWords(message) : null;
}

/** The constants of an enum with their labels, in their order. */
export function entries<K extends string>(labels: Record<K, string>): [K, string][] {
  return Object.entries(labels) as [K, string][];
}

function Counted({
  text,
  least: low,
  most,
  children,
}: {
  text: string;
  least: number;
  most: number;
  children: React.ReactNode;
}) {
  const length = [...text.trim()].length;
  return (
    <div>
      {children}
      <p className={styles.count}>
        {length < low ? `${length} of at least ${low} characters` : `${length} of at most ${most} characters`}
      </p>
    </div>
  );
}
