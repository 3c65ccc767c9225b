'use client';

import { MapPin } from 'lucide-react';
import { useState } from 'react';

import type { MapStyle } from '@/lib/map-style';
import { LazyMap } from '@/ui/map/lazy';
import type { Bounds } from '@/ui/map/types';

import { around, centreOf } from './geometry';
import styles from './place-fields.module.css';

/**
 * A point is chosen by moving the map under a pin that stands still: by mouse, by finger, or with the arrow keys on the map.
 * Without WebGL it is not there; the two numbers beside it are.
 */
export function PointMap({
  point,
  mapStyle,
  onChange,
}: {
  /** null: nobody knows yet; the map begins far away. */
  point: { lat: number; lng: number } | null;
  mapStyle: MapStyle;
  onChange: (point: { lat: number; lng: number }) => void;
}) {
  const [available, setAvailable] = useState(true);
  // The map goes to a point that was typed; one that came from the map must not move it again.
  const [moved, setMoved] = useState('');
  const [bounds, setBounds] = useState<Bounds | undefined>(() => (point ? around(point) : undefined));
  const [shown, setShown] = useState(point);
  if (point && key(shown) !== key(point)) {
    setShown(point);
    if (key(point) !== moved) setBounds(around(point));
  }
  if (!available) {
    return (
      <p className={styles.hint}>
        The map cannot be shown in this browser. The two numbers below say the same.
      </p>
    );
  }
  return (
    <div>
      <div className={styles.map}>
        <LazyMap
          label="The place on the map"
          styleURL={mapStyle.styleURL}
          darkStyleURL={mapStyle.darkStyleURL}
          bounds={bounds}
          maxZoom={15}
          onMove={(view) => {
            const centre = centreOf(view);
            setMoved(key(centre));
            onChange(centre);
          }}
          onUnavailable={() => setAvailable(false)}
          cooperative
        />
        <MapPin aria-hidden="true" className={styles.pin} />
      </div>
      <p className={styles.hint}>Move the map until the tip of the pin is on the front door.</p>
    </div>
  );
}

function key(point: { lat: number; lng: number } | null): string {
  return point ? `${point.lat} ${point.lng}` : '';
}
