type Point = { lat: number; lng: number };

const earth = 6_371_000;

/** Metres between two points, as the crow flies. */
export function metres(a: Point, b: Point): number {
  const rad = (degrees: number) => (degrees * Math.PI) / 180;
  const lat = rad(b.lat - a.lat) / 2;
  const lng = rad(b.lng - a.lng) / 2;
  const h = Math.sin(lat) ** 2 + Math.cos(rad(a.lat)) * Math.cos(rad(b.lat)) * Math.sin(lng) ** 2;
  return 2 * earth * Math.asin(Math.min(1, Math.sqrt(h)));
}

/** "340 m", "2.1 km", "120 km": a length as people say it. */
export function length(of: number): string {
  if (of < 1000) return `${Math.round(of / (of < 100 ? 1 : 10)) * (of < 100 ? 1 : 10)} m`;
  const km = of / 1000;
  return `${km < 10 ? km.toFixed(1) : Math.round(km).toLocaleString('en')} km`;
}

/** "38.71090, −9.14590": a point to be read or copied, to about a metre. */
export function coordinates({ lat, lng }: Point): string {
  return `${lat.toFixed(5)}, ${lng.toFixed(5)}`;
}
