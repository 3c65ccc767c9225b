'use client';

import type { Failure } from '@/lib/api/failure';
import { formatRange } from '@/lib/dates';
import { paths } from '@/lib/paths';
import { ButtonLink } from '@/ui/button';
import { Notice } from '@/ui/notice';
import { nearestStays } from '@/ui/stay/nearest';
import { readable } from '@/ui/stay/words';

/** Why nothing was booked, or why nobody knows, and the way on. */
export function Refused({
  failure,
  listingId,
  guests,
}: {
  failure: Failure;
  listingId: string;
  guests: number;
}) {
  if (failure.code === 'quote_expired') return null; // the form says so itself, with the way to renew it
  if (failure.code === 'offline') {
    return (
      <Notice tone="bad" title="You are offline">
        <p>
          What you typed is kept. Send it again once you are connected: the same request never books twice.
        </p>
      </Notice>
    );
  }
  if (failure.kind === 'unreachable' || failure.status >= 500) {
    return (
      <Notice tone="bad" title="No answer came">
        <p>Your request may have arrived, or not. Send it again: the same request never books twice.</p>
      </Notice>
    );
  }
  if (failure.status === 401) {
    return (
      <Notice
        tone="bad"
        title="You are signed out"
        actions={
          <ButtonLink href={paths.signIn(location.pathname + location.search)} size="small">
            Sign in and come back
          </ButtonLink>
        }
      >
        <p>Nothing was booked, and nothing that you typed is lost.</p>
      </Notice>
    );
  }
  if (failure.code === 'dates_taken') {
    return (
      <Taken listingId={listingId} guests={guests} nearest={nearestStays(failure.details.nearest_dates)} />
    );
  }
  const sentences =
    failure.fieldErrors.length > 0 ? failure.fieldErrors.map(({ message }) => message) : [failure.message];
  return (
    <Notice tone="bad" title="Nothing was booked">
      {sentences.map((sentence) => (
        <p key={sentence}>{readable(sentence)}</p>
      ))}
    </Notice>
  );
}

/** Somebody else has the nights; the nearest free ones are one press away. */
export function Taken({
  listingId,
  guests,
  nearest,
}: {
  listingId: string;
  guests: number;
  nearest: { start: string; end: string }[];
}) {
  return (
    <Notice
      tone="bad"
      title="Somebody was quicker: these nights are taken"
      actions={
        <>
          {nearest.map(({ start, end }) => (
            <ButtonLink
              key={start}
              href={paths.checkout(listingId, { check_in: start, check_out: end, guests })}
              size="small"
            >
              {formatRange(start, end)}
            </ButtonLink>
          ))}
          <ButtonLink href={`${paths.listing(listingId, { guests })}#dates`} size="small">
            Show the calendar
          </ButtonLink>
        </>
      }
    >
      <p>
        {nearest.length > 0
          ? 'Nothing was booked. As many nights are free near them:'
          : 'Nothing was booked, and nothing of this length is free nearby.'}
      </p>
    </Notice>
  );
}
