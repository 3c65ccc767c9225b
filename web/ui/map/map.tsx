'use client';

import 'maplibre-gl/dist/maplibre-gl.css';

import { Map as MapLibre, NavigationControl, ScaleControl, setWorkerUrl } from 'maplibre-gl';
import { useEffect, useRef, useState } from 'react';

import { classes } from '../classes';
import { boundsOfCircle, wrapped } from './geometry';
import styles from './map.module.css';
import { useCircle, useLabels } from './overlays';
import { Pins } from './pins';
import { useDark } from './scheme';
import type { Bounds, MapProps } from './types';

// The worker is a file of its own, of our own origin: that is all that a strict content policy (worker-src) allows.
setWorkerUrl(new URL('../../node_modules/maplibre-gl/dist/maplibre-gl-worker.mjs', import.meta.url).href);

const nothing: never[] = [];
const padding = 56; // px between what is to be seen and the edge

/** A map. It needs WebGL; without, it renders nothing and calls onUnavailable. Use <LazyMap>, which loads it when the page is idle. */
export default function SlippyMap(props: MapProps) {
  const {
    label,
    styleURL,
    darkStyleURL,
    bounds,
    maxZoom = 14,
    markers = nothing,
    labels = nothing,
    circle,
    cooperative = false,
  } = props;
  const frame = useRef<HTMLDivElement>(null);
  const box = useRef<HTMLDivElement>(null);
  const [map, setMap] = useState<MapLibre | null>(null);
  const [gone, setGone] = useState(false);
  const pins = useRef<Pins | null>(null);
  const latest = useRef(props);
  const toldRef = useRef<Bounds | null>(null);
  const dark = useDark();
  const style = dark && darkStyleURL ? darkStyleURL : styleURL;
  const shown = useRef(style);
  const start = useRef({
    style,
    view: bounds ?? (circle && boundsOfCircle(circle)),
    maxZoom,
    cooperative,
    label,
  });

  useEffect(() => {
    latest.current = props;
  });

  useEffect(() => {
    if (!box.current) return undefined;
    const { style: first, view, maxZoom: closest, cooperative: shy, label: title } = start.current;
    const made = create(box.current, { first, view, closest, shy, title });
    if (!made) {
      setGone(true);
      latest.current.onUnavailable?.();
      return undefined;
    }
    made.on('moveend', (event) => {
      // Only moves of a person have the event that they came from.
      if (!('originalEvent' in event) || !event.originalEvent) return;
      toldRef.current = viewOf(made);
      latest.current.onMove?.(toldRef.current);
    });
    made.on('error', () => undefined); // a part of the style that does not come leaves the pins on a plain ground
    pins.current = new Pins(made, {
      select: (id) => latest.current.onSelect?.(id),
      hover: (id) => latest.current.onHover?.(id),
    });
    setMap(made);
    return () => {
      pins.current = null;
      setMap(null);
      made.remove();
    };
  }, []);

  useEffect(() => {
    if (map) pins.current?.show(markers);
  }, [map, markers]);

  useEffect(() => {
    if (!map || shown.current === style) return;
    shown.current = style;
    map.setStyle(style, { diff: false }); // what was added on top comes back with style.load
  }, [map, style]);

  useGoTo(map, bounds, maxZoom, toldRef);
  useCircle(map, frame, circle, dark);
  useLabels(map, frame, labels, dark);

  if (gone) return null;
  return (
    <div ref={frame} className={classes(styles.frame, dark && styles.dark)} role="group" aria-label={label}>
      <div ref={box} className={styles.map} />
    </div>
  );
}

type Start = { first: string; view?: Bounds; closest: number; shy: boolean; title: string };

function create(container: HTMLElement, { first, view, closest, shy, title }: Start): MapLibre | null {
  try {
    const map = new MapLibre({
      container,
      style: first,
      bounds: view ?? [-25, 28, 45, 62],
      fitBoundsOptions: {
        padding: view ? Math.min(padding, container.clientWidth / 8) : 0,
        maxZoom: closest,
      },
      maxZoom: 16,
      maxPitch: 0,
      dragRotate: false,
      touchPitch: false,
      pitchWithRotate: false,
      cooperativeGestures: shy,
      attributionControl: { compact: true },
      locale: { 'Map.Title': `${title}: arrow keys move, plus and minus zoom` },
    });
    map.touchZoomRotate.disableRotation();
    map.keyboard.disableRotation();
    map.addControl(new NavigationControl({ showCompass: false }), 'top-right');
    map.addControl(new ScaleControl({ maxWidth: 96 }), 'bottom-left');
    return map;
  } catch {
    return null; // no WebGL
  }
}

function viewOf(map: MapLibre): Bounds {
  const view = map.getBounds();
  const south = Math.max(-85, view.getSouth());
  const north = Math.min(85, view.getNorth());
  if (view.getEast() - view.getWest() >= 360) return [-180, south, 180, north];
  return [wrapped(view.getWest()), south, wrapped(view.getEast()), north];
}

// Bounds that the map itself has told come back to it when its owner keeps them: it is there already.
function useGoTo(
  map: MapLibre | null,
  bounds: Bounds | undefined,
  maxZoom: number,
  toldRef: React.RefObject<Bounds | null>,
): void {
  const key = bounds?.join();
  const at = useRef(key);
  useEffect(() => {
    if (!map || !key || at.current === key) return;
    at.current = key;
    const [west = 0, south = 0, east = 0, north = 0] = key.split(',').map(Number);
    if (toldRef.current && isNear(toldRef.current, [west, south, east, north])) return;
    toldRef.current = null;
    const across = west > east ? east + 360 : east;
    const still = matchMedia('(prefers-reduced-motion: reduce)').matches;
    map.fitBounds([west, south, across, north], { padding, maxZoom, animate: !still, duration: 500 });
  }, [map, key, maxZoom, toldRef]);
}

function isNear(a: Bounds, b: Bounds): boolean {
  return a.every((degrees, side) => Math.abs(degrees - (b[side] ?? 0)) < 2e-4);
}
