import { safeNext } from '@/lib/paths';

// Between registering and signing in lies a mail, whose link knows nothing of where somebody was going.

const key = 'rentora:after-sign-in';
const kept = 24 * 60 * 60 * 1000;

/** Remembers in this browser where to go on to once the address is verified. */
export function rememberNext(next: string, now = Date.now()): void {
  try {
    if (next === '/') localStorage.removeItem(key);
    else localStorage.setItem(key, JSON.stringify({ next, at: now }));
  } catch {
    // No storage: signing in leads home then.
  }
}

/** Where to go on to; undefined when nothing is remembered or it is too old. */
export function rememberedNext(now = Date.now()): string | undefined {
  try {
    const found = JSON.parse(localStorage.getItem(key) ?? 'null') as { next?: unknown; at?: unknown } | null;
    if (typeof found?.at !== 'number' || now - found.at > kept) return undefined;
    const next = safeNext(found.next);
    return next === '/' ? undefined : next;
  } catch {
    return undefined;
  }
}

/** Forgets it: somebody has signed in. */
export function forgetNext(): void {
  try {
    localStorage.removeItem(key);
  } catch {
    // There was none.
  }
}
