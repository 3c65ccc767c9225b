'use client';

import { useState } from 'react';

import { AddressFields, degreesText, parseDegrees, PointFields } from '../place-fields';
import { PointMap } from '../point-map';
import { useMapStyle } from '../map-style';
import { useEditor } from './context';
import styles from './editor.module.css';
import { Notes } from './notes';
import { words } from './step-basics';

type Texts = { lat: string; lng: string };

export function PlaceStep() {
  const { store, view } = useEditor();
  const mapStyle = useMapStyle();
  const { address, location } = view.values;
  const [typed, setTyped] = useState<Partial<Texts>>({});
  const texts: Texts = { lat: degreesText(location.lat), lng: degreesText(location.lng), ...typed };
  const wrong = store.error('address');

  // What was typed is kept when all of it means something; of the other part, what is kept already.
  function type(change: Partial<Texts>) {
    setTyped((was) => ({ ...was, ...change }));
    const next = { ...typed, ...change };
    const lat = next.lat === undefined ? location.lat : parseDegrees(next.lat, 90);
    const lng = next.lng === undefined ? location.lng : parseDegrees(next.lng, 180);
    if (lat === null || lng === null) return;
    store.setLocation({ ...(next.lat !== undefined && { lat }), ...(next.lng !== undefined && { lng }) });
  }

  return (
    <fieldset className={styles.form} disabled={!view.editable}>
      <legend className="visually-hidden">Place</legend>
      <Notes of="address" />
      <AddressFields
        value={address}
        onChange={store.setAddress}
        error={(part) => (wrong?.startsWith(`address.${part} `) ? words(wrong) : null)}
      />
      <h3 className={styles.groupTitle}>The point on the map</h3>
      <p className={styles.lead}>
        Everybody sees an approximate point near it. Guests with a confirmed booking see the exact one.
      </p>
      <Notes of="location" />
      {view.editable && (
        <PointMap
          point={location}
          mapStyle={mapStyle}
          onChange={(next) => {
            setTyped({});
            store.set({ location: next });
          }}
        />
      )}
      <PointFields
        value={texts}
        onChange={type}
        errors={{
          lat: parseDegrees(texts.lat, 90) === null ? 'Enter degrees from -90 to 90, such as 38.7109.' : null,
          lng:
            parseDegrees(texts.lng, 180) === null ? 'Enter degrees from -180 to 180, such as -9.1459.' : null,
          both: words(store.error('location')),
        }}
      />
    </fieldset>
  );
}
