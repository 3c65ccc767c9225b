import type { Bounds, MapCircle } from './types';

const metresPerDegree = 111_195;

/** The smallest bounds around the points, at least so many degrees wide; null without points. */
export function boundsAround(points: { lng: number; lat: number }[], least = 0.02): Bounds | null {
  if (points.length === 0) return null;
  let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const { lng, lat } of points) {
    west = Math.min(west, lng);
    east = Math.max(east, lng);
    south = Math.min(south, lat);
    north = Math.max(north, lat);
  }
  const wide = Math.max(0, least - (east - west)) / 2;
  const high = Math.max(0, least - (north - south)) / 2;
  return [
    Math.max(-180, west - wide),
    Math.max(-90, south - high),
    Math.min(180, east + wide),
    Math.min(90, north + high),
  ];
}

/** The bounds of a circle. */
export function boundsOfCircle({ lng, lat, radius }: MapCircle): Bounds {
  const high = radius / metresPerDegree;
  const wide = high / Math.max(0.05, Math.cos((lat * Math.PI) / 180));
  return [lng - wide, lat - high, lng + wide, lat + high];
}

/** A circle as a ring of a GeoJSON polygon. */
export function ring({ lng, lat, radius }: MapCircle, corners = 72): [number, number][] {
  const [west, south, east, north] = boundsOfCircle({ lng, lat, radius });
  const points: [number, number][] = [];
  for (let i = 0; i <= corners; i++) {
    const angle = (i / corners) * 2 * Math.PI;
    points.push([lng + (Math.cos(angle) * (east - west)) / 2, lat + (Math.sin(angle) * (north - south)) / 2]);
  }
  return points;
}

/** Brings a longitude into -180 … 180, for maps that were dragged around the world. */
export function wrapped(lng: number): number {
  const turned = (((lng + 180) % 360) + 360) % 360;
  return turned - 180;
}

type Box = { left: number; top: number; width: number; height: number };

/** Which of the boxes have room when those before them are there already. */
export function withRoom(boxes: Box[]): boolean[] {
  const placed: Box[] = [];
  return boxes.map((box) => {
    const free = placed.every(
      (other) =>
        box.left >= other.left + other.width ||
        other.left >= box.left + box.width ||
        box.top >= other.top + other.height ||
        other.top >= box.top + box.height,
    );
    if (free) placed.push(box);
    return free;
  });
}
