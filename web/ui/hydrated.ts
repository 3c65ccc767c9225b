import { useSyncExternalStore } from 'react';

const never = () => () => undefined;

/** Whether this is a browser whose JavaScript runs here: false in the first HTML and until it is taken over. */
export function useHydrated(): boolean {
  return useSyncExternalStore(
    never,
    () => true,
    () => false,
  );
}
