const shape = /^\d{4}-\d{2}-\d{2}$/;

/** The stays of a list of {check_in, check_out}, as refusals name them; what is none is left out. */
export function nearestStays(value: unknown): { start: string; end: string }[] {
  if (!Array.isArray(value)) return [];
  return value.flatMap((one: unknown) => {
    const { check_in: start, check_out: end } = (one ?? {}) as { check_in?: unknown; check_out?: unknown };
    return typeof start === 'string' && typeof end === 'string' && shape.test(start) && shape.test(end)
      ? [{ start, end }]
      : [];
  });
}
