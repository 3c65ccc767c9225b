/** One line of what an entry of the audit log says: a name, and a text or a change from one to another. */
export type Line = { name: string; text: string } | { name: string; from: string; to: string };

type Fields = Record<string, unknown>;

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** "sessions_ended" as people write it. */
export function humane(name: string): string {
  const text = name.replaceAll(/[_.]+/g, ' ').trim();
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function said(value: unknown): string {
  if (value === null || value === undefined || value === '') return 'nothing';
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (Array.isArray(value) && value.every((one) => typeof one !== 'object'))
    return value.map(said).join(', ') || 'none';
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

function change(value: unknown): { from: string; to: string } | null {
  if (!isFields(value)) return null;
  for (const [from, to] of [
    ['from', 'to'],
    ['before', 'after'],
  ] as const) {
    if (from in value && to in value) return { from: said(value[from]), to: said(value[to]) };
  }
  return null;
}

/** What changed, line by line, of an entry of any kind: those that nobody has thought of are readable, too. */
export function lines(diff: Fields): Line[] {
  const out: Line[] = [];
  const whole = change(diff);
  if (whole) out.push({ name: 'State', ...whole });
  for (const [name, value] of Object.entries(diff)) {
    if (whole && ['from', 'to', 'before', 'after'].includes(name)) continue;
    if (value === null || value === '' || (Array.isArray(value) && value.length === 0)) continue;
    out.push(...linesOf(humane(name), value));
  }
  return out;
}

function linesOf(name: string, value: unknown): Line[] {
  const changed = change(value);
  if (changed) return [{ name, ...changed }];
  if (Array.isArray(value) && value.every(isNote)) {
    return value.map((one) => ({ name: `Note on ${humane(one.field).toLowerCase()}`, text: one.note }));
  }
  if (isFields(value)) {
    return Object.entries(value).map(([inner, one]) => {
      const title = `${name}, ${humane(inner).toLowerCase()}`;
      const both = change(one);
      return both ? { name: title, ...both } : { name: title, text: said(one) };
    });
  }
  return [{ name, text: said(value) }];
}

function isNote(value: unknown): value is { field: string; note: string } {
  return isFields(value) && typeof value.field === 'string' && typeof value.note === 'string';
}

const actions: Record<string, string> = {
  'user.create': 'created an account',
  'user.become_host': 'became a host',
  'user.lock': 'locked an account',
  'user.unlock': 'unlocked an account',
  'user.revoke_sessions': 'ended all sessions of an account',
  'user.reset_password': 'set a new password',
  'user.logout_all': 'signed out everywhere',
  'listing.approve': 'approved a listing',
  'listing.reject': 'sent a listing back',
  'listing.revision.approve': 'approved a change',
  'listing.revision.reject': 'sent a change back',
  'listing.pause': 'paused a listing',
  'listing.resume': 'resumed a listing',
  'listing.archive': 'archived a listing',
  'price.set': 'set a price',
  'calendar.block': 'blocked nights',
  'calendar.unblock': 'opened blocked nights',
  'calendar.set_rules': 'set the rules of a calendar',
  'booking.confirm': 'confirmed a booking',
  'booking.decline': 'declined a booking',
  'booking.cancel': 'cancelled a booking',
  'dead_letter.retry': 'sent an event again',
  'dead_letter.retry_all': 'sent events again',
  'dead_letter.discard': 'discarded an event',
  'error.resolve': 'resolved an error',
};

/** What was done, as the end of a sentence; an action without words is shown as the API names it. */
export function deed(action: string): string {
  return actions[action] ?? action;
}
