'use client';

import { List, Map as MapIcon, X } from 'lucide-react';
import Link from 'next/link';
import { useEffect, useMemo, useRef, useState, useSyncExternalStore } from 'react';

import type { MapStyle } from '@/lib/map-style';
import { Button } from '@/ui/button';
import { classes } from '@/ui/classes';
import { boundsAround } from '@/ui/map/geometry';
import { LazyMap } from '@/ui/map/lazy';
import type { Bounds, MapLabel } from '@/ui/map/types';
import { Picture } from '@/ui/picture';
import { LinkArriving } from '@/ui/stay/arriving';

import { activate, useActive } from './active';
import styles from './map-pane.module.css';
import { boundsOf, movedTo, type Search } from './state';
import type { Stay } from './stay';
import { useStays } from './stays-context';

const wide = '(min-width: 64rem)';

function useWide(): boolean {
  return useSyncExternalStore(
    (listener) => {
      const media = matchMedia(wide);
      media.addEventListener('change', listener);
      return () => media.removeEventListener('change', listener);
    },
    () => matchMedia(wide).matches,
    () => false,
  );
}

/** The stays on the map: beside the list where there is room, over it on small screens. */
export function MapPane({
  stays,
  search: shown,
  mapStyle,
}: {
  stays: Stay[];
  search: Search;
  mapStyle: MapStyle;
}) {
  const results = useStays();
  const beside = useWide();
  const [open, setOpen] = useState(false);
  const [unavailable, setUnavailable] = useState(false);
  const [follow, setFollow] = useState(true);
  const [seen, setSeen] = useState<Bounds | null>(null); // where the map was moved to without looking there
  const [chosen, choose] = useState<string | null>(null);
  const active = useActive();
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);

  useEffect(() => () => clearTimeout(timer.current), []);

  const bounds = useMemo(() => boundsFor(shown, stays), [shown, stays]);
  const markers = useMemo(
    () =>
      stays.map(({ id, lng, lat, label, title, price }) => {
        return {
          id,
          lng,
          lat,
          label,
          description: `${title}, ${price.amount} ${price.unit}`,
          selected: id === active || id === chosen,
        };
      }),
    [stays, active, chosen],
  );
  const labels = useMemo(() => cityLabels(stays), [stays]);
  const preview = stays.find(({ id }) => id === chosen);

  function look(at: Bounds) {
    if (!results) return;
    setSeen(null);
    results.go(movedTo(results.search, at), { replace: true, scroll: false });
  }

  function onMove(at: Bounds) {
    clearTimeout(timer.current);
    if (follow) timer.current = setTimeout(() => look(at), 250);
    else setSeen(at);
  }

  if (unavailable) return <div hidden data-mapless />;
  return (
    <>
      <section aria-label="Map of the stays" className={classes(styles.pane, open && styles.open)}>
        {(beside || open) && (
          <LazyMap
            label="Map of the stays"
            styleURL={mapStyle.styleURL}
            darkStyleURL={mapStyle.darkStyleURL}
            bounds={bounds}
            markers={markers}
            labels={labels}
            onMove={onMove}
            onSelect={(id) => choose(id === chosen ? null : id)}
            onHover={activate}
            onUnavailable={() => setUnavailable(true)}
          />
        )}
        <div className={styles.tools}>
          <label className={styles.follow}>
            <input type="checkbox" checked={follow} onChange={(event) => setFollow(event.target.checked)} />
            Search as I move the map
          </label>
          {seen && !follow && (
            <Button variant="primary" size="small" onClick={() => look(seen)}>
              Search this area
            </Button>
          )}
        </div>
        {preview && <Preview stay={preview} onClose={() => choose(null)} />}
      </section>
      <Button
        variant="primary"
        hidden={stays.length === 0 && !open}
        className={styles.toggle}

        onClick={() => setOpen(!open)}
      >
        {open ? <List size={18} aria-hidden="true" /> : <MapIcon size={18} aria-hidden="true" />}
        {open ? 'List' : 'Map'}
      </Button>
    </>
  );
}

// The box that is looked in, else all hits. Where the map was moved to by hand, this is what it told: it stays there.
function boundsFor(search: Search, stays: Stay[]): Bounds | undefined {
  if (search.bbox) return boundsOf(search.bbox);
  return boundsAround(stays) ?? undefined;
}

// The name of each city among the stays, in the middle of them: the ground alone says little where it is.
function cityLabels(stays: Stay[]): MapLabel[] {
  const cities = new Map<string, Stay[]>();
  for (const stay of stays) cities.set(stay.city, [...(cities.get(stay.city) ?? []), stay]);
  const mean = (numbers: number[]) => numbers.reduce((sum, number) => sum + number, 0) / numbers.length;
  return [...cities].map(([text, there]) => {
    return { text, lng: mean(there.map(({ lng }) => lng)), lat: mean(there.map(({ lat }) => lat)) };
  });
}

function Preview({ stay, onClose }: { stay: Stay; onClose: () => void }) {
  const [photo] = stay.photos;
  return (
    <article className={styles.preview}>
      {photo && <Picture source={photo} sizes="8rem" ratio="1 / 1" className={styles.photo} alt="" />}
      <div className={styles.text}>
        <p className={styles.soft}>{stay.kind}</p>
        <Link href={stay.href} prefetch={false} className={styles.link}>
          {stay.title}
          <LinkArriving of="listing" />
        </Link>
        <p className={styles.price}>
          {stay.price.amount} {stay.price.unit}
        </p>
      </div>
      <Button
        variant="quiet"
        size="small"
        icon
        aria-label="Close the preview"
        className={styles.close}
        onClick={onClose}
      >
        <X size={18} aria-hidden="true" />
      </Button>
    </article>
  );
}
