import type { AsyncLocalStorage } from 'node:async_hooks';

type Visits = AsyncLocalStorage<{ partial: boolean }>;

/**
 * Says that the page which is being rendered lacks a part, because the API did not answer or had enough of this address: it is shown, but
 * nobody keeps it (serve.mjs). Outside of a visitor's page this says nothing to anybody.
 */
export function lacksPart(): void {
  const visits = (globalThis as Record<symbol, unknown>)[Symbol.for('rentora.visits')] as Visits | undefined;
  const visit = visits?.getStore();
  if (visit) visit.partial = true;
}
