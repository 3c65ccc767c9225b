'use client';

import { useRef, useState } from 'react';

import { api, idempotencyKey } from '@/lib/api/browser';
import { dataOf, type Failure, isFailure, open } from '@/lib/api/failure';
import type { Cancellation } from '@/lib/api/types';
import { formatMoney } from '@/lib/money';
import { Notice } from '@/ui/notice';
import { Skeleton } from '@/ui/skeleton';

import { ReasonButton } from '../shared/reason-dialog';

/** Cancels a booking for Rentora: what the guest gets back is said before, and why it is done is written down. */
export function CancelBooking({ id, code }: { id: string; code: string }) {
  const [preview, setPreview] = useState<Cancellation | Failure | null>(null);
  const key = useRef('');
  const path = { booking_id: id };

  async function look() {
    key.current = idempotencyKey();
    setPreview(null);
    try {
      setPreview(await dataOf(api.GET('/bookings/{booking_id}/cancellation', { params: { path } })));
    } catch (error) {
      if (!isFailure(error)) throw error;
      setPreview(error);
    }
  }

  return (
    <ReasonButton
      look={{ variant: 'danger' }}
      label="Cancel the booking"
      title={`Cancel booking ${code}?`}
      confirm="Cancel the booking"
      pendingLabel="Cancelling…"
      hint="Guest and host read it in their mails."
      done={`Booking ${code} is cancelled.`}
      onOpen={() => void look()}
      ready={preview !== null && !isFailure(preview)}
      run={(reason) =>
        open(
          api.POST('/bookings/{booking_id}/cancel', {
            params: { path, header: { 'Idempotency-Key': key.current } },
            body: { reason },
          }),
        )
      }
    >
      {preview === null ? (
        <div role="status">
          <span className="visually-hidden">Asking what the guest gets back</span>
          <Skeleton height="4rem" />
        </div>
      ) : isFailure(preview) ? (
        <Notice tone="bad">{preview.message}</Notice>
      ) : (
        <Notice
          tone="warning"
          title={`The guest gets back ${formatMoney(preview.refund)} of ${formatMoney(preview.total)}.`}
        >
          {preview.explanation} The nights are free again at once. It cannot be undone.
        </Notice>
      )}
    </ReasonButton>
  );
}
