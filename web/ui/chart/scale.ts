/** Round marks of an axis from 0 to at least max, whole numbers, about as many as asked for. */
export function ticks(max: number, about = 4): number[] {
  const top = Math.max(1, max);
  const raw = top / about;
  const power = 10 ** Math.floor(Math.log10(raw));
  const step = Math.max(1, [1, 2, 5, 10].map((by) => by * power).find((size) => size >= raw) ?? 10 * power);
  const out = [0];
  while ((out.at(-1) ?? 0) < top) out.push(out.length * step);
  return out;
}

/** Which of count places along an axis get a label, so that there are at most most of them; the last one always does. */
export function labelled(count: number, most: number): number[] {
  if (count <= 0) return [];
  const step = Math.max(1, Math.ceil((count - 1) / Math.max(1, most - 1)));
  const out: number[] = [];
  for (let place = count - 1; place >= 0; place -= step) out.unshift(place);
  return out;
}

/** The place under a pointer that stands at a share of the axis, from 0 to 1. */
export function placeAt(share: number, count: number): number {
  return Math.min(count - 1, Math.max(0, Math.floor(share * count)));
}
