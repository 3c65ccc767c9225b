'use client';

import { useSyncExternalStore } from 'react';

import { paths } from '@/lib/paths';

// A mailed link carries its token behind #, where no server and no log sees it. It is taken out of the address before anything else
// runs, so that it stands neither in the address bar nor in the history, and kept in memory alone.

let token: string | null = null;
const listeners = new Set<() => void>();

/** The token of a fragment such as "#token=abc"; null when it has none. */
export function tokenOf(fragment: string): string | null {
  const found = new URLSearchParams(fragment.replace(/^#/, '')).get('token')?.trim();
  return found && found.length <= 200 ? found : null;
}

function take(): void {
  const found = tokenOf(location.hash);
  if (!found) return;
  token = found;
  history.replaceState(null, '', location.pathname + location.search);
  for (const listener of listeners) listener();
}

/** Takes the token out of the address of the pages that mails lead to; called before the application starts. */
export function catchLinkToken(): void {
  const pages: string[] = [paths.verifyEmail(), paths.resetPassword()];
  if (pages.includes(location.pathname)) take();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  addEventListener('hashchange', take); // another link, opened in a page that is open already
  take();
  return () => {
    listeners.delete(listener);
    removeEventListener('hashchange', take);
  };
}

/** The token of the link that led here: undefined until it is known, null when there was none. */
export function useLinkToken(): string | null | undefined {
  return useSyncExternalStore(
    subscribe,
    () => token,
    () => undefined,
  );
}
