'use client';

import { useState } from 'react';

import { LazyMap } from '../map/lazy';
import styles from './stay.module.css';
import { WhenNear } from './when-near';

export type PlaceMapProps = {
  label: string;
  styleURL: string;
  darkStyleURL?: string;
  /** The style has no streets: the surroundings are shown, with the name of the place on a pin. */
  rough?: boolean;
  name: string;
  at: { lat: number; lng: number };
  /** In metres, where the place is only known so well. */
  radius?: number;
};

/** Where a stay is: a pin where the place is known, a circle where it is only roughly. */
export function PlaceMap({ label, styleURL, darkStyleURL, rough = false, name, at, radius }: PlaceMapProps) {
  const [gone, go] = useState(false);
  if (gone) return <p className={styles.noMap}>The map needs WebGL, which this browser does not offer.</p>;
  const [reach, pin] = rough ? [1.1, true] : [radius ? 0.016 : 0.008, !radius];
  return (
    <div className={styles.map}>
      <WhenNear placeholder={null}>
        <LazyMap
          label={label}
          styleURL={styleURL}
          darkStyleURL={darkStyleURL}
          cooperative
          maxZoom={rough ? 8 : 15}
          bounds={[at.lng - reach, at.lat - reach / 2, at.lng + reach, at.lat + reach / 2]}
          circle={radius && !rough ? { lng: at.lng, lat: at.lat, radius } : undefined}
          markers={
            pin ? [{ id: 'place', lng: at.lng, lat: at.lat, label: name, description: label }] : undefined
          }
          onUnavailable={() => go(true)}
        />
      </WhenNear>
    </div>
  );
}
