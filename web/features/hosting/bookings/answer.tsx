'use client';

import { useRouter } from 'next/navigation';
import { useRef, useState } from 'react';

import { api } from '@/lib/api/browser';
import { dataOf, type Failure, isFailure, unreachable } from '@/lib/api/failure';
import type { Booking } from '@/lib/api/types';
import { formatRange, plural } from '@/lib/dates';
import { Button } from '@/ui/button';
import { Dialog } from '@/ui/dialog';
import { TextArea } from '@/ui/field';
import { Notice } from '@/ui/notice';
import { toast } from '@/ui/toast';

/** Takes or refuses a request. Taking it is one click; refusing asks for a reason. */
export function AnswerButtons({ booking, size }: { booking: Booking; size?: 'small' }) {
  const router = useRouter();
  const [pending, setPending] = useState(false);
  const [declining, decline] = useState(false);
  // Between the answer and the page's new state the buttons would ask for what is done already.
  const [done, setDone] = useState(false);

  async function confirm() {
    setPending(true);
    try {
      await dataOf(
        api.POST('/bookings/{booking_id}/confirm', { params: { path: { booking_id: booking.id } } }),
      );
      setDone(true);
      toast(`Confirmed: ${booking.guest.name}, ${formatRange(booking.check_in, booking.check_out)}.`);
    } catch (error) {
      toast(isFailure(error) ? error.message : unreachable().message, { tone: 'bad' });
    } finally {
      setPending(false);
      router.refresh();
    }
  }

  if (done) return null;
  return (
    <>
      <Button
        variant="primary"
        size={size}
        pending={pending}
        pendingLabel="Confirming…"
        aria-label={`Confirm ${booking.guest.name}`}
        onClick={() => void confirm()}
      >
        Confirm
      </Button>
      <Button size={size} aria-label={`Decline ${booking.guest.name}`} onClick={() => decline(true)}>
        Decline…
      </Button>
      <DeclineDialog
        booking={booking}
        open={declining}
        onClose={() => decline(false)}
        onDone={() => {
          decline(false);
          setDone(true);
          router.refresh();
        }}
      />
    </>
  );
}

function DeclineDialog({
  booking,
  open,
  onClose,
  onDone,
}: {
  booking: Booking;
  open: boolean;
  onClose: () => void;
  onDone: () => void;
}) {
  const [reason, setReason] = useState('');
  const [pending, setPending] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);

  async function decline() {
    setPending(true);
    setFailure(null);
    try {
      await dataOf(
        api.POST('/bookings/{booking_id}/decline', {
          params: { path: { booking_id: booking.id } },
          body: { reason: reason.trim() },
        }),
      );
      toast(`Declined. ${booking.guest.name} has been told, and the nights are free again.`);
      onDone();
    } catch (error) {
      setFailure(isFailure(error) ? error : unreachable());
    } finally {
      setPending(false);
    }
  }

  return (
    <Dialog
      open={open}
      onClose={onClose}
      title="Decline this request?"
      footer={
        <>
          <Button onClick={onClose}>Keep the request</Button>
          <Button variant="danger" pending={pending} pendingLabel="Declining…" onClick={() => void decline()}>
            Decline
          </Button>
        </>
      }
    >
      <p>
        {booking.guest.name} asked for {plural(booking.nights, 'night')} from{' '}
        {formatRange(booking.check_in, booking.check_out)} at “{booking.listing.title}”. The nights become
        free again.
      </p>
      <ReasonField
        value={reason}
        onChange={setReason}
        error={failure?.field('reason') ?? null}
        to={booking.guest.name}
      />
      {failure && !failure.field('reason') && <Notice tone="bad" title={failure.message} />}
    </Dialog>
  );
}

const ready = [
  'The place is not available on these dates.',
  'The group is too large for the place.',
  'There is work going on in the house.',
];

/** Why, in words that the guest reads. */
export function ReasonField({
  value,
  onChange,
  error,
  to,
}: {
  value: string;
  onChange: (value: string) => void;
  error: string | null;
  to: string;
}) {
  const field = useRef<HTMLTextAreaElement>(null);
  return (
    <>
      <TextArea
        ref={field}
        label="Reason"
        hint={`${to} reads it.`}
        optional
        maxLength={500}
        rows={3}
        value={value}
        error={error}
        onChange={(event) => onChange(event.target.value)}
      />
      <div role="group" aria-label="Ready-made reasons">
        {ready.map((text) => (
          <Button
            key={text}
            variant="quiet"
            size="small"
            onClick={() => {
              onChange(text);
              field.current?.focus();
            }}
          >
            {text}
          </Button>
        ))}
      </div>
    </>
  );
}
