'use client';

import { useSyncExternalStore } from 'react';

// Which stay is pointed at, on its card or on its pin. A store, so that a pointer that passes does not render all cards anew.
let active: string | null = null;
const listeners = new Set<() => void>();

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Says that a stay is pointed at (null: none). */
export function activate(id: string | null): void {
  if (active === id) return;
  active = id;
  for (const listener of listeners) listener();
}

/** The stay that is pointed at. */
export function useActive(): string | null {
  return useSyncExternalStore(
    subscribe,
    () => active,
    () => null,
  );
}

/** Whether this is the stay that is pointed at. */
export function useIsActive(id: string): boolean {
  return useSyncExternalStore(
    subscribe,
    () => active === id,
    () => false,
  );
}
