import type { Bounds } from '@/ui/map/types';

const radians = Math.PI / 180;

// The height on a Mercator map, which is what the middle of a view is the middle of.
const height = (lat: number) => Math.log(Math.tan(Math.PI / 4 + (lat * radians) / 2));
const latitude = (y: number) => (2 * Math.atan(Math.exp(y)) - Math.PI / 2) / radians;

const round = (degrees: number) => Math.round(degrees * 1e6) / 1e6;

/** The point in the middle of what a map shows. */
export function centreOf([west, south, east, north]: Bounds): { lat: number; lng: number } {
  const across = west > east ? east + 360 : east;
  const lng = (west + across) / 2;
  return {
    lat: round(latitude((height(south) + height(north)) / 2)),
    lng: round(lng > 180 ? lng - 360 : lng),
  };
}

/** A view of the streets around a point, with the point in its middle. */
export function around({ lat, lng }: { lat: number; lng: number }): Bounds {
  const reach = 0.006;
  const middle = height(Math.max(-84, Math.min(84, lat)));
  const up = reach * radians;
  return [lng - reach, latitude(middle - up), lng + reach, latitude(middle + up)];
}
