'use client';

import { useSyncExternalStore } from 'react';

const listeners = new Set<() => void>();
let timer: ReturnType<typeof setInterval> | undefined;

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  timer ??= setInterval(() => {
    for (const one of listeners) one();
  }, 1000);
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  };
}

const second = () => Math.floor(Date.now() / 1000) * 1000;

/** The time in milliseconds, anew each second; null until the page runs in the browser. */
export function useNow(): number | null {
  return useSyncExternalStore<number | null>(subscribe, second, () => null);
}

/** Whether an instant (milliseconds) has passed; it changes by itself when it does. Null never passes. */
export function usePast(instant: number | null): boolean {
  return useSyncExternalStore(
    subscribe,
    () => instant !== null && Date.now() >= instant,
    () => false,
  );
}
