'use client';

import type { ReactNode } from 'react';

import type { CancellationPolicy, Quote } from '@/lib/api/types';
import { toldSteps } from '@/lib/cancellation';
import { formatDate, plural } from '@/lib/dates';
import { policies } from '@/lib/labels';
import { formatMoney } from '@/lib/money';
import { paths } from '@/lib/paths';
import { Button, ButtonLink } from '@/ui/button';
import { TextArea } from '@/ui/field';
import { Notice, State } from '@/ui/notice';
import { usePast } from '@/ui/stay/clock';
import { Countdown } from '@/ui/stay/countdown';
import { PriceLines } from '@/ui/stay/price-lines';
import { Timeline } from '@/ui/stay/timeline';

import styles from './checkout.module.css';
import { Refused } from './refused';
import { useBooking } from './use-booking';

export type CheckoutTerms = {
  policy: CancellationPolicy;
  checkInFrom: string;
  checkOutUntil: string;
  zone: string;
};

/** The last look at a stay before it is booked: once, whatever is pressed, reloaded or lost on the way. */
export function CheckoutForm({
  listingId,
  hostName,
  wanted,
  fresh,
  terms,
  now,
  card,
}: {
  listingId: string;
  hostName: string;
  wanted: { check_in: string; check_out: string; guests: number };
  fresh: { quote: Quote; life: number };
  terms: CheckoutTerms;
  now: number;
  /** What is booked. */
  card: ReactNode;
}) {
  const { draft, phase, failure, news, book, renew, say } = useBooking(listingId, wanted, fresh);
  const quote = draft?.quote ?? fresh.quote;
  const expired = usePast(draft?.deadline ?? null);
  const instant = quote.booking_mode === 'instant';

  if (draft?.booking && phase === 'idle') return <Booked id={draft.booking} />;
  return (
    <div className={styles.columns}>
      <div className={styles.main}>
        <section aria-labelledby="stay" className={styles.part}>
          <h2 id="stay">Your stay</h2>
          <dl className={styles.stay}>
            <div>
              <dt>Check-in</dt>
              <dd>
                {formatDate(wanted.check_in, 'en-GB', long)}{' '}
                <span className={styles.soft}>from {terms.checkInFrom}</span>
              </dd>
            </div>
            <div>
              <dt>Check-out</dt>
              <dd>
                {formatDate(wanted.check_out, 'en-GB', long)}{' '}
                <span className={styles.soft}>until {terms.checkOutUntil}</span>
              </dd>
            </div>
            <div>
              <dt>Guests</dt>
              <dd>{wanted.guests}</dd>
            </div>
          </dl>
          <ButtonLink href={`${paths.listing(listingId, wanted)}#dates`} size="small">
            Change
          </ButtonLink>
        </section>
        <section aria-labelledby="message" className={styles.part}>
          <h2 id="message">Say hello</h2>
          <div className={styles.wide}>
            <TextArea
              label={`Message to ${hostName}`}
              hint="Who is coming, and when do you think you will arrive?"
              optional
              name="message"
              maxLength={2000}
              rows={4}
              value={draft?.message ?? ''}
              onChange={(event) => say(event.target.value)}
              error={failure?.field('message')}
            />
          </div>
        </section>
        <section aria-labelledby="policy" className={styles.part}>
          <h2 id="policy">If your plans change</h2>
          <p className={styles.soft}>{policies[quote.cancellation_policy]} cancellation</p>
          <Timeline
            label="What comes back when you cancel"
            steps={[
              ...toldSteps(
                {
                  policy: quote.cancellation_policy,
                  checkIn: wanted.check_in,
                  checkInFrom: terms.checkInFrom,
                  zone: terms.zone,
                  bookedAt: new Date(now),
                },
                new Date(now),
                quote.total,
              ),
              { title: `Check-in on ${formatDate(wanted.check_in)}, from ${terms.checkInFrom}` },
            ]}
          />
        </section>
        <section aria-label="Book" className={styles.part}>
          <div className={styles.says}>
            {draft?.sent && phase === 'idle' && !failure && (
              <Notice title="Your last try got no answer">
                <p>There is no booking yet. Send it again: the same request never books twice.</p>
              </Notice>
            )}
            {failure && <Refused failure={failure} listingId={listingId} guests={wanted.guests} />}
            {expired && phase === 'idle' && (
              <Notice tone="warning" title="The price has run out">
                <p>
                  Prices hold for a quarter of an hour. Renew it, and if it has changed you will see it before
                  you book.
                </p>
              </Notice>
            )}
          </div>
          {expired ? (
            <Button
              variant="primary"
              size="large"
              pending={phase === 'renewing'}
              pendingLabel="Renewing"
              onClick={() => void renew()}
            >
              Renew the price
            </Button>
          ) : (
            <Button
              variant="primary"
              size="large"
              pending={phase === 'sending'}
              pendingLabel={instant ? 'Booking' : 'Sending the request'}
              aria-disabled={!draft || undefined}
              onClick={() => void book()}
            >
              {draft?.sent ? 'Send it again' : instant ? 'Book now' : 'Request to book'}
            </Button>
          )}
          <p className={styles.soft}>
            {instant
              ? 'The stay is confirmed at once.'
              : `${hostName} has 24 hours to answer. Until then the nights are held for you, and cancelling costs nothing.`}
          </p>
        </section>
      </div>
      <aside className={styles.aside}>
        <div className={styles.card}>
          {card}
          <PriceLines
            lines={quote.lines}
            money={(minor) => formatMoney({ minor, currency: quote.total.currency })}
            total={{ label: `Total for ${plural(quote.nights, 'night')}`, amount: formatMoney(quote.total) }}
            stale={phase === 'renewing'}
          />
          {!expired && (
            <p className={styles.holds}>
              This price holds for <Countdown until={draft?.deadline ?? now + fresh.life} />
            </p>
          )}
          <p role="status" className={styles.news}>
            {news}
          </p>
        </div>
      </aside>
    </div>
  );
}

const long: Intl.DateTimeFormatOptions = { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' };

/** This stay is booked already, by this very page: the form is gone. */
export function Booked({ id }: { id: string }) {
  return (
    <State
      title="This stay is booked"
      actions={
        <ButtonLink href={paths.trip(id)} variant="primary" replace>
          Show the trip
        </ButtonLink>
      }
    >
      It is among your trips, with everything that you need to know.
    </State>
  );
}
