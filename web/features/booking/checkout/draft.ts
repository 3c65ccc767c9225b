'use client';

import { useMemo, useSyncExternalStore } from 'react';

import type { Quote } from '@/lib/api/types';

/**
 * What a tab knows of a booking that is being made: one quote, one Idempotency-Key for it, and whether it was sent. It outlives a
 * reload, so that sending again after a lost answer is the same request and books once.
 */
export type Draft = {
  quote: Quote;
  /** Until when the quote holds, in milliseconds of this device's clock. */
  deadline: number;
  key: string;
  message: string;
  /** It was sent, and no answer has said that nothing was booked. */
  sent?: boolean;
  /** The booking that was made of it. */
  booking?: string;
};

const prefix = 'rentora:checkout:';
const listeners = new Set<() => void>();

/** Names the stay that a draft is for. */
export function draftName(
  listingId: string,
  stay: { check_in: string; check_out: string; guests: number },
): string {
  return `${prefix}${listingId}:${stay.check_in}:${stay.check_out}:${stay.guests}`;
}

/** Reads what was kept; null for nothing and for what is no draft. */
export function parseDraft(text: string | null): Draft | null {
  if (!text) return null;
  try {
    const draft = JSON.parse(text) as Partial<Draft> | null;
    const whole =
      typeof draft?.quote?.token === 'string' &&
      typeof draft.deadline === 'number' &&
      typeof draft.key === 'string' &&
      typeof draft.message === 'string';
    return whole ? (draft as Draft) : null;
  } catch {
    return null;
  }
}

/**
 * The draft to begin with: the one that was kept, if its quote still holds, was sent, or became a booking; else one of a fresh quote,
 * with what was typed.
 */
export function beginDraft(
  kept: Draft | null,
  fresh: { quote: Quote; life: number },
  now: number,
  key: string,
): Draft {
  if (kept && (kept.booking || kept.sent || now < kept.deadline)) return kept;
  return { quote: fresh.quote, deadline: now + fresh.life, key, message: kept?.message ?? '' };
}

/** What a storage that is full or forbidden cannot keep is kept here, as long as the page lives. */
const memory = new Map<string, string>();

function read(name: string): string | null {
  try {
    return sessionStorage.getItem(name) ?? memory.get(name) ?? null;
  } catch {
    return memory.get(name) ?? null;
  }
}

export function saveDraft(name: string, draft: Draft): void {
  const text = JSON.stringify(draft);
  try {
    sessionStorage.setItem(name, text);
    memory.delete(name);
  } catch {
    memory.set(name, text);
  }
  for (const listener of listeners) listener();
}

export function readDraft(name: string): Draft | null {
  return parseDraft(read(name));
}

/** The draft of this name, as it changes; null until the page runs in the browser. */
export function useDraft(name: string): Draft | null {
  const text = useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      addEventListener('pageshow', listener);
      return () => {
        listeners.delete(listener);
        removeEventListener('pageshow', listener);
      };
    },
    () => read(name),
    () => null,
  );
  return useMemo(() => parseDraft(text), [text]);
}
