import type { GeoJSONSource, Map as MapLibre } from 'maplibre-gl';
import { type RefObject, useEffect } from 'react';

import { ring } from './geometry';
import type { MapCircle, MapLabel } from './types';

// Draws now and each time that a style has come: another one (dark, light) begins without what was added to the one before.
function drawing(map: MapLibre, draw: () => void): () => void {
  if (map.getStyle()) draw(); // undefined until it has come
  map.on('style.load', draw);
  return () => {
    map.off('style.load', draw);
  };
}

/** Draws a circle in the colour of the frame. */
export function useCircle(
  map: MapLibre | null,
  frame: RefObject<HTMLElement | null>,
  circle: MapCircle | undefined,
  dark: boolean,
): void {
  const { lng, lat, radius } = circle ?? {};
  useEffect(() => {
    if (!map || !frame.current || lng === undefined || lat === undefined || radius === undefined)
      return undefined;
    const colour = getComputedStyle(frame.current).color;
    const coordinates = [ring({ lng, lat, radius })];
    const area = {
      type: 'Feature' as const,
      properties: {},
      geometry: { type: 'Polygon' as const, coordinates },
    };
    return drawing(map, () => {
      const source = map.getSource<GeoJSONSource>('circle');
      if (source) {
        source.setData(area);
        map.setPaintProperty('circle-fill', 'fill-color', colour);
        map.setPaintProperty('circle-line', 'line-color', colour);
        return;
      }
      map.addSource('circle', { type: 'geojson', data: area });
      const [fill, line] = [
        { 'fill-color': colour, 'fill-opacity': 0.18 },
        { 'line-color': colour, 'line-width': 2 },
      ];
      map.addLayer({ id: 'circle-fill', type: 'fill', source: 'circle', paint: fill });
      map.addLayer({ id: 'circle-line', type: 'line', source: 'circle', paint: line });
    });
  }, [map, frame, lng, lat, radius, dark]);
}

/** Writes names on the ground, in the page's own colours. */
export function useLabels(
  map: MapLibre | null,
  frame: RefObject<HTMLElement | null>,
  labels: MapLabel[],
  dark: boolean,
): void {
  useEffect(() => {
    if (!map || !frame.current || labels.length === 0) return undefined;
    const { color, backgroundColor } = getComputedStyle(document.documentElement);
    const data = {
      type: 'FeatureCollection' as const,
      features: labels.map(({ lng, lat, text }) => ({
        type: 'Feature' as const,
        properties: { text },
        geometry: { type: 'Point' as const, coordinates: [lng, lat] },
      })),
    };
    return drawing(map, () => {
      const source = map.getSource<GeoJSONSource>('labels');
      if (source) {
        source.setData(data);
        map.setPaintProperty('labels', 'text-color', color);
        map.setPaintProperty('labels', 'text-halo-color', backgroundColor);
        return;
      }
      map.addSource('labels', { type: 'geojson', data });
      map.addLayer({
        id: 'labels',
        type: 'symbol',
        source: 'labels',
        layout: {
          'text-field': ['get', 'text'],
          'text-font': ['sans-serif'],
          'text-size': ['interpolate', ['linear'], ['zoom'], 3, 11, 9, 14],
          'text-anchor': 'top',
          'text-offset': [0, 0.4],
        },
        paint: { 'text-color': color, 'text-halo-color': backgroundColor, 'text-halo-width': 1.4 },
      });
    });
  }, [map, frame, labels, dark]);
}
