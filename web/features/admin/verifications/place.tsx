'use client';

import { useMemo, useState } from 'react';

import type { MapStyle } from '@/lib/map-style';
import { LazyMap } from '@/ui/map/lazy';
import type { Bounds } from '@/ui/map/types';

import styles from './verifications.module.css';

/** Degrees around a single place: near enough to see the coast and the towns. */
const around = 0.12;

/** Places on a map, exactly. Without WebGL there is nothing to see: the coordinates stand beside it in any case. */
export function Place({
  mapStyle,
  label,
  points,
}: {
  mapStyle: MapStyle;
  label: string;
  points: { id: string; lat: number; lng: number; label: string }[];
}) {
  const [gone, setGone] = useState(false);
  const view = useMemo(() => boundsOf(points), [points]);
  if (gone) return <p className={styles.soft}>This browser cannot draw the map.</p>;
  return (
    <div className={styles.map}>
      <LazyMap
        label={label}
        styleURL={mapStyle.styleURL}
        darkStyleURL={mapStyle.darkStyleURL}
        markers={points}
        bounds={view}
        maxZoom={12}
        cooperative
        onUnavailable={() => setGone(true)}
      />
    </div>
  );
}

function boundsOf(points: { lat: number; lng: number }[]): Bounds {
  const lats = points.map(({ lat }) => lat);
  const lngs = points.map(({ lng }) => lng);
  const south = Math.min(...lats) - around;
  const north = Math.max(...lats) + around;
  return [Math.min(...lngs) - around, south, Math.max(...lngs) + around, north];
}
