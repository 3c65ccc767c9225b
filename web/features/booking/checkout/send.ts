import { api } from '@/lib/api/browser';
import { dataOf, isFailure } from '@/lib/api/failure';

import { holdsNights } from '../state';
import type { Draft } from './draft';

const tries = 4;

/** What goes away by itself: the same request once more, a moment later. */
const passing = new Set(['still_running', 'dates_contended']);

/**
 * Books a draft and gives the booking's id. It is one request however often it is sent: the key makes it so. A key that was used
 * with other words means that the booking was made already; then it is looked for.
 */
export async function postBooking(
  listingId: string,
  stay: { check_in: string; check_out: string },
  { quote, key, message }: Draft,
): Promise<string> {
  const text = message.trim();
  for (let left = tries - 1; ; left--) {
    try {
      const made = await dataOf(
        api.POST('/bookings', {
          params: { header: { 'Idempotency-Key': key } },
          body: { quote_token: quote.token, ...(text && { message: text }) },
        }),
      );
      return made.id;
    } catch (error) {
      if (!isFailure(error)) throw error;
      if (passing.has(error.code) && left > 0) {
        await pause((error.retryAfter ?? 1) * 1000);
        continue;
      }
      const own =
        error.code === 'key_reused' || error.code === 'dates_taken' ? await mine(listingId, stay) : null;
      if (own) return own;
      throw error;
    }
  }
}

/** The caller's own booking of this very stay. */
async function mine(
  listingId: string,
  { check_in, check_out }: { check_in: string; check_out: string },
): Promise<string | null> {
  try {
    const own = await dataOf(
      api.GET('/bookings', { params: { query: { listing_id: listingId, limit: 50 } } }),
    );
    return (
      own.find((one) => holdsNights(one) && one.check_in === check_in && one.check_out === check_out)?.id ??
      null
    );
  } catch {
    return null;
  }
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
