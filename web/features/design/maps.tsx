'use client';

import { useState } from 'react';

import { LazyMap } from '@/ui/map/lazy';
import { PlaceMap } from '@/ui/stay/place-map';

import { Both } from './both';
import styles from './design.module.css';

const style = '/map/style.json';
const dark = '/map/style-dark.json';
/** As lib/map-style.ts gives it to pages of the server. */
const place = { styleURL: style, darkStyleURL: dark, rough: true };
const lisbon = { lat: 38.7109, lng: -9.1459 };

/** Maps follow the theme of the page, not of the panel that they stand in: each kind is shown once in both. */
export function Maps() {
  return (
    <>
      <Both
        title="Map with pins"
        note="One is chosen; press another one. The map is in the theme of the page."
      >
        {(theme) => <Pinned label={`Pins, ${theme}`} />}
      </Both>
      <Both title="Map with a circle" note="A place that is only roughly known.">
        {(theme) => (
          <div className={styles.map}>
            <LazyMap
              label={`About where it is, ${theme}`}
              styleURL={style}
              darkStyleURL={dark}
              circle={{ ...lisbon, radius: 40_000 }}
              maxZoom={8}
              cooperative
            />
          </div>
        )}
      </Both>
      <Both title="Map of a stay" note="Where a stay is: exactly, and roughly.">
        {(theme) => (
          <>
            <PlaceMap label={`Where the cabin is, ${theme}`} {...place} name="Lisbon" at={lisbon} />
            <PlaceMap
              label={`About where the cabin is, ${theme}`}
              {...place}
              name="Lisbon"
              at={lisbon}
              radius={500}
            />
          </>
        )}
      </Both>
    </>
  );
}

function Pinned({ label }: { label: string }) {
  const [selected, select] = useState('porto');
  const markers = [
    { id: 'lisbon', ...lisbon, label: '€95' },
    { id: 'porto', lng: -8.611, lat: 41.1403, label: '€120' },
    { id: 'faro', lng: -7.93, lat: 37.02, label: '€1,080' },
  ];
  return (
    <div className={styles.map}>
      <LazyMap
        label={label}
        styleURL={style}
        darkStyleURL={dark}
        bounds={[-11, 36.5, -5, 42]}
        markers={markers.map((marker) => ({
          ...marker,
          description: `${marker.id}, ${marker.label}`,
          selected: marker.id === selected,
        }))}
        labels={[{ ...lisbon, text: 'Lisbon' }]}
        onSelect={select}
        cooperative
      />
    </div>
  );
}
