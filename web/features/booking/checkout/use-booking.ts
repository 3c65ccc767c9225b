'use client';

import { useRouter } from 'next/navigation';
import { useCallback, useEffect, useRef, useState } from 'react';

import { api, idempotencyKey } from '@/lib/api/browser';
import { dataOf, type Failure, isFailure, open } from '@/lib/api/failure';
import type { Quote } from '@/lib/api/types';
import { formatMoney } from '@/lib/money';
import { paths } from '@/lib/paths';

import { holdsNights } from '../state';
import { beginDraft, type Draft, draftName, readDraft, saveDraft, useDraft } from './draft';
import { postBooking } from './send';

type Wanted = { check_in: string; check_out: string; guests: number };
export type Phase = 'idle' | 'sending' | 'renewing';

/** Everything that can be done at the checkout of one stay. */
export function useBooking(listingId: string, wanted: Wanted, fresh: { quote: Quote; life: number }) {
  const router = useRouter();
  const name = draftName(listingId, wanted);
  const draft = useDraft(name);
  const busy = useRef(false);
  const [phase, enter] = useState<Phase>('idle');
  const [failure, fail] = useState<Failure | null>(null);
  const [news, tell] = useState<string | null>(null);
  const { check_in, check_out, guests } = wanted;

  useEffect(() => {
    saveDraft(name, beginDraft(readDraft(name), fresh, Date.now(), idempotencyKey()));
  }, [name, fresh]);

  /** Runs one thing at a time: a second press while it runs does nothing. */
  async function only(during: Phase, act: (from: Draft) => Promise<void>) {
    const from = readDraft(name);
    if (busy.current || !from) return;
    busy.current = true;
    enter(during);
    fail(null);
    tell(null);
    try {
      await act(from);
    } catch (error) {
      if (!isFailure(error)) throw error;
      fail(error);
    } finally {
      busy.current = false;
      enter('idle');
    }
  }

  const renewed = useCallback(
    async (before: Draft) => {
      const asked = Date.now();
      const { data: quote, response } = await open(
        api.POST('/listings/{listing_id}/quotes', {
          params: { path: { listing_id: listingId } },
          body: { check_in, check_out, guests },
        }),
      );
      const given = Date.parse(response.headers.get('date') ?? '') || asked;
      const life = Date.parse(quote.expires_at) - given;
      const next = { quote, deadline: asked + life, key: idempotencyKey(), message: before.message };
      saveDraft(name, next);
      return next;
    },
    [name, listingId, check_in, check_out, guests],
  );

  const renew = () =>
    only('renewing', async (before) => {
      const { quote } = await renewed(before);
      const [was, is] = [before.quote.total, quote.total];
      tell(
        was.minor === is.minor && was.currency === is.currency
          ? 'The price is the same as before.'
          : `The price has changed: it was ${formatMoney(was)}, now it is ${formatMoney(is)}.`,
      );
    });

  const book = () =>
    only('sending', async (from) => {
      saveDraft(name, { ...from, sent: true });
      try {
        const id = await postBooking(listingId, wanted, from);
        saveDraft(name, { ...from, sent: true, booking: id });
        router.replace(paths.trip(id));
      } catch (error) {
        if (isFailure(error) && isRefusal(error)) {
          // Nothing was booked, for certain; an expired quote is shown as one.
          const deadline = error.code === 'quote_expired' ? 0 : from.deadline;
          const key = error.code === 'key_reused' ? idempotencyKey() : from.key;
          saveDraft(name, { ...from, key, deadline, sent: false });
        }
        throw error;
      }
    });

  const booked = draft?.booking;
  useEffect(() => {
    if (!booked || busy.current) return undefined;
    // Somebody comes back to a stay that was booked here: as long as the booking holds, it is what is shown.
    let gone = false;
    dataOf(api.GET('/bookings/{booking_id}', { params: { path: { booking_id: booked } } }))
      .then(async (booking) => {
        const kept = readDraft(name);
        if (!gone && kept && !holdsNights(booking)) await renewed(kept);
      })
      .catch(() => undefined);
    return () => {
      gone = true;
    };
  }, [booked, name, renewed]);

  const say = (message: string) => {
    // What was typed before the scripts came is said before there is a draft.
    const from = readDraft(name) ?? beginDraft(null, fresh, Date.now(), idempotencyKey());
    saveDraft(name, { ...from, message });
  };

  return { draft, phase, failure, news, book, renew, say };
}

/** Whether the API has said that nothing was booked; everything else leaves it open. */
function isRefusal(error: Failure): boolean {
  return error.status >= 400 && error.status < 500 && error.code !== 'still_running';
}
