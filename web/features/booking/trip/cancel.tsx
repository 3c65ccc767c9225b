'use client';

import { useRouter } from 'next/navigation';
import { useRef, useState } from 'react';

import { api, idempotencyKey } from '@/lib/api/browser';
import { dataOf, type Failure, isFailure } from '@/lib/api/failure';
import type { Cancellation } from '@/lib/api/types';
import { formatMoney } from '@/lib/money';
import { Button } from '@/ui/button';
import { Dialog } from '@/ui/dialog';
import { TextArea } from '@/ui/field';
import { Notice } from '@/ui/notice';
import { Skeleton } from '@/ui/skeleton';
import { readable } from '@/ui/stay/words';
import { toast } from '@/ui/toast';

import styles from './trip.module.css';

/** Cancels a stay, after showing what comes back: asked at that moment, because it gets less as time goes by. */
export function CancelTrip({ id, pending }: { id: string; pending: boolean }) {
  const router = useRouter();
  const [open, show] = useState(false);
  const [preview, set] = useState<Cancellation | null>(null);
  const [failure, fail] = useState<Failure | null>(null);
  const [reason, write] = useState('');
  const [sending, send] = useState(false);
  const key = useRef<string | null>(null);
  const what = pending ? 'request' : 'stay';

  async function ask() {
    show(true);
    set(null);
    fail(null);
    try {
      set(
        await dataOf(
          api.GET('/bookings/{booking_id}/cancellation', { params: { path: { booking_id: id } } }),
        ),
      );
    } catch (error) {
      if (!isFailure(error)) throw error;
      fail(error);
    }
  }

  async function cancel() {
    key.current ??= idempotencyKey();
    send(true);
    fail(null);
    try {
      const text = reason.trim();
      const booking = await dataOf(
        api.POST('/bookings/{booking_id}/cancel', {
          params: { path: { booking_id: id }, header: { 'Idempotency-Key': key.current } },
          body: text ? { reason: text } : {},
        }),
      );
      show(false);
      toast(
        booking.refund && booking.refund.minor > 0 && !pending
          ? `Cancelled. ${formatMoney(booking.refund)} come back to you.`
          : `The ${what} is cancelled.`,
      );
      router.refresh();
    } catch (error) {
      if (!isFailure(error)) throw error;
      if (error.status >= 400 && error.status < 500) key.current = null; // nothing was done: what follows is another request
      fail(error);
    } finally {
      send(false);
    }
  }

  return (
    <>
      <Button variant="secondary" onClick={() => void ask()}>
        Cancel this {what}
      </Button>
      <Dialog
        open={open}
        onClose={() => show(false)}
        title={`Cancel this ${what}?`}
        alert
        dismissable={!sending}
        footer={
          <>
            <Button onClick={() => show(false)}>Keep it</Button>
            {preview && (
              <Button
                variant="danger"
                pending={sending}
                pendingLabel="Cancelling"
                onClick={() => void cancel()}
              >
                Cancel the {what}
              </Button>
            )}
          </>
        }
      >
        {failure && (
          <Notice tone="bad" title={preview ? 'It was not cancelled' : undefined}>
            <p>{readable(failure.message)}</p>
          </Notice>
        )}
        {preview ? (
          <>
            <div className={styles.comesBack}>
              <p className={styles.soft}>Comes back to you</p>
              <p className={styles.amount}>
                {formatMoney(preview.refund)}{' '}
                <span className={styles.soft}>of {formatMoney(preview.total)}</span>
              </p>
              <p>{preview.explanation}</p>
            </div>
            <TextArea
              label="Reason"
              hint="The host reads it."
              optional
              maxLength={500}
              rows={3}
              value={reason}
              onChange={(event) => {
                write(event.target.value);
                key.current = null;
              }}
              error={failure?.field('reason')}
            />
          </>
        ) : (
          !failure && <Skeleton height="8rem" />
        )}
      </Dialog>
    </>
  );
}
