'use client';

import { useRouter } from 'next/navigation';
import { useRef, useState } from 'react';

import { api, idempotencyKey } from '@/lib/api/browser';
import { dataOf, type Failure, isFailure, unreachable } from '@/lib/api/failure';
import type { Booking, Cancellation } from '@/lib/api/types';
import { formatMoney } from '@/lib/money';
import { Button } from '@/ui/button';
import { Dialog } from '@/ui/dialog';
import { Notice } from '@/ui/notice';
import { Loading, Skeleton } from '@/ui/skeleton';
import { toast } from '@/ui/toast';

import { ReasonField } from './answer';

/** Cancels a booking after saying what the guest gets back. */
export function CancelButton({ booking }: { booking: Booking }) {
  const router = useRouter();
  const [open, setOpen] = useState(false);
  const [terms, setTerms] = useState<Cancellation | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  const [reason, setReason] = useState('');
  const [pending, setPending] = useState(false);
  const key = useRef({ id: '', reason: '' });

  async function ask() {
    setOpen(true);
    setTerms(null);
    setFailure(null);
    try {
      const params = { path: { booking_id: booking.id } };
      setTerms(await dataOf(api.GET('/bookings/{booking_id}/cancellation', { params })));
    } catch (error) {
      setFailure(isFailure(error) ? error : unreachable());
    }
  }

  async function cancel() {
    setPending(true);
    setFailure(null);
    // The same cancellation keeps its key over retries.
    if (!key.current.id || key.current.reason !== reason) key.current = { id: idempotencyKey(), reason };
    try {
      await dataOf(
        api.POST('/bookings/{booking_id}/cancel', {
          params: { path: { booking_id: booking.id }, header: { 'Idempotency-Key': key.current.id } },
          body: { reason: reason.trim() },
        }),
      );
      setOpen(false);
      toast(`Cancelled. ${booking.guest.name} has been told.`);
      router.refresh();
    } catch (error) {
      setFailure(isFailure(error) ? error : unreachable());
    } finally {
      setPending(false);
    }
  }

  return (
    <>
      <Button onClick={() => void ask()}>Cancel the booking…</Button>
      <Dialog
        alert
        open={open}
        onClose={() => setOpen(false)}
        title="Cancel this booking?"
        footer={
          <>
            <Button onClick={() => setOpen(false)}>Keep it</Button>
            {terms && (
              <Button
                variant="danger"
                pending={pending}
                pendingLabel="Cancelling…"
                onClick={() => void cancel()}
              >
                Cancel the booking
              </Button>
            )}
          </>
        }
      >
        {!terms && !failure && (
          <Loading label="Working out what the guest gets back">
            <Skeleton height="3rem" />
          </Loading>
        )}
        {terms && (
          <>
            <p>
              {booking.guest.name} gets <strong>{formatMoney(terms.refund)}</strong> of{' '}
              {formatMoney(terms.total)} back. {terms.explanation}
            </p>
            <p>The nights become free again. This cannot be undone.</p>
            <ReasonField
              value={reason}
              onChange={setReason}
              error={failure?.field('reason') ?? null}
              to={booking.guest.name}
            />
          </>
        )}
        {failure && <Notice tone="bad" title={failure.message} />}
      </Dialog>
    </>
  );
}
