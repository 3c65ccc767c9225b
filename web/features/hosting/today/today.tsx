import { CalendarCheck, FileWarning, HousePlus, Pencil } from 'lucide-react';
import Link from 'next/link';

import type { Booking, Listing } from '@/lib/api/types';
import { formatDate, formatRange, plural, today } from '@/lib/dates';
import { rejectionReasons } from '@/lib/labels';
import { formatMoney } from '@/lib/money';
import { paths } from '@/lib/paths';
import { ButtonLink } from '@/ui/button';
import { PageHeader } from '@/ui/layout';
import { State } from '@/ui/notice';
import { Countdown } from '@/ui/stay/countdown';

import { AnswerButtons } from '../bookings/answer';
import { lacks } from '../editor/steps';
import { noPrice, priceValuesOf, valuesOf } from '../editor/values';
import { sorted } from './sorted';
import styles from './today.module.css';

export type TodayData = {
  requests: Booking[];
  stays: Booking[];
  drafts: Listing[];
  rejected: Listing[];
  pending: Listing[];
  first: boolean;
};

/** The host's morning: what waits for an answer, who comes, stays and goes, and what is unfinished. */
export function Today({ name, data }: { name: string; data: TodayData }) {
  if (data.first) return <FirstTime name={name} />;
  const { arrivals, staying, departures } = sorted(data.stays, (booking) => today(booking.timezone));
  const unfinished = data.drafts.length + data.rejected.length + data.pending.length > 0;
  return (
    <>
      <PageHeader
        title="Today"
        lead={summary(data.requests.length, arrivals.length, staying.length)}
        actions={
          <ButtonLink href={paths.newListing()}>
            <HousePlus size={18} aria-hidden="true" />
            New listing
          </ButtonLink>
        }
      />
      <div className={styles.today}>
        <Requests requests={data.requests} />
        <div className={styles.three}>
          <Stays
            title="Arriving"
            none="Nobody arrives in the next days."
            stays={arrivals}
            day={(one) => one.check_in}
          />
          <Stays
            title="Staying now"
            none="Nobody stays at the moment."
            stays={staying}
            day={(one) => one.check_out}
            until
          />
          <Stays
            title="Leaving"
            none="Nobody leaves in the next days."
            stays={departures}
            day={(one) => one.check_out}
          />
        </div>
        {unfinished && <Unfinished data={data} />}
      </div>
    </>
  );
}

function summary(requests: number, arrivals: number, staying: number): string {
  const parts = [
    requests > 0 && `${plural(requests, 'request')} ${requests === 1 ? 'waits' : 'wait'} for your answer`,
    arrivals > 0 && `${plural(arrivals, 'arrival')} in the next days`,
    staying > 0 && `${plural(staying, 'stay')} under way`,
  ].filter((part) => part !== false);
  return parts.length === 0 ? 'Nothing needs you right now.' : `${parts.join(', ')}.`;
}

function FirstTime({ name }: { name: string }) {
  return (
    <State
      level={1}
      icon={<HousePlus aria-hidden="true" />}
      title={`Welcome, ${name}`}
      actions={
        <ButtonLink href={paths.newListing()} variant="primary" size="large">
          Start your first listing
        </ButtonLink>
      }
    >
      <p>
        Begin with a few facts about your place; photos, price and rules follow in steps, and everything is
        saved as you go. When you hand it in, somebody of ours looks at it. From then on guests can find it,
        and what needs you stands on this page.
      </p>
    </State>
  );
}

function Requests({ requests }: { requests: Booking[] }) {
  if (requests.length === 0) return null;
  const soonest = [...requests].sort((a, b) => (a.expires_at ?? '').localeCompare(b.expires_at ?? ''));
  return (
    <section aria-labelledby="requests">
      <h2 id="requests" className={styles.title}>
        Waiting for your answer
      </h2>
      <ul role="list" className={styles.requests}>
        {soonest.map((booking) => (
          <li key={booking.id} className={styles.request}>
            <div className={styles.facts}>
              <Link href={paths.hostBooking(booking.id)} className={styles.name}>
                {booking.guest.name}
              </Link>
              <p>
                {formatRange(booking.check_in, booking.check_out)} · {plural(booking.nights, 'night')} ·{' '}
                {plural(booking.guests, 'guest')} · <strong>{formatMoney(booking.total)}</strong>
              </p>
              <p className={styles.soft}>{booking.listing.title}</p>
              {booking.message && <p className={styles.message}>“{booking.message}”</p>}
            </div>
            <div className={styles.answer}>
              {booking.expires_at && (
                <p className={styles.left}>
                  <Countdown until={Date.parse(booking.expires_at)} spoken={false} />{' '}
                  <span>left to answer</span>
                </p>
              )}
              <div className={styles.buttons}>
                <AnswerButtons booking={booking} size="small" />
              </div>
            </div>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Stays({
  title,
  none,
  stays,
  day,
  until = false,
}: {
  title: string;
  none: string;
  stays: Booking[];
  day: (booking: Booking) => string;
  until?: boolean;
}) {
  return (
    <section aria-label={title}>
      <h2 className={styles.title}>
        {title}
        {stays.length > 0 && <span className={styles.number}>{stays.length}</span>}
      </h2>
      {stays.length === 0 && <p className={styles.soft}>{none}</p>}
      <ul role="list" className={styles.stays}>
        {stays.map((booking) => (
          <li key={booking.id} className={styles.stay}>
            <p className={styles.day}>
              {until && 'until '}
              {near(day(booking), booking.timezone)}
            </p>
            <p>
              <Link href={paths.hostBooking(booking.id)} className={styles.name}>
                {booking.guest.name}
              </Link>{' '}
              <span className={styles.soft}>
                {booking.code} · {plural(booking.guests, 'guest')}
              </span>
            </p>
            <p className={styles.soft}>{booking.listing.title}</p>
          </li>
        ))}
      </ul>
    </section>
  );
}

function near(day: string, zone: string): string {
  return day === today(zone) ? 'Today' : formatDate(day);
}

function Unfinished({ data }: { data: TodayData }) {
  return (
    <section aria-labelledby="unfinished">
      <h2 id="unfinished" className={styles.title}>
        Unfinished
      </h2>
      <ul role="list" className={styles.todos}>
        {data.rejected.map((listing) => {
          const review = listing.status === 'rejected' ? listing.review : listing.pending_revision;
          const why =
            review?.notes[0]?.note ?? (review?.rejection_reason && rejectionReasons[review.rejection_reason]);
          const what = listing.status === 'rejected' ? 'Sent back' : 'A change was sent back';
          return (
            <Todo
              key={listing.id}
              listing={listing}
              icon={<FileWarning size={20} aria-hidden="true" />}
              warns
            >
              {what}
              {why ? `: ${why}` : '.'}
            </Todo>
          );
        })}
        {data.drafts.map((listing) => {
          const ready = listing.photos.filter((photo) => photo.variants.length > 0).length;
          const price = listing.price ? priceValuesOf(listing.price) : { ...noPrice, nightly_minor: '1' };
          const missing = lacks(valuesOf(listing), price, ready)[0];
          return (
            <Todo key={listing.id} listing={listing} icon={<Pencil size={20} aria-hidden="true" />}>
              {missing ? `Draft. ${missing.text}` : 'Draft. Look it over and hand it in.'}
            </Todo>
          );
        })}
        {data.pending.map((listing) => (
          <Todo key={listing.id} listing={listing} icon={<CalendarCheck size={20} aria-hidden="true" />}>
            In verification. We write to you as soon as somebody has looked at it.
          </Todo>
        ))}
      </ul>
    </section>
  );
}

function Todo({
  listing,
  icon,
  warns = false,
  children,
}: {
  listing: Listing;
  icon: React.ReactNode;
  warns?: boolean;
  children: React.ReactNode;
}) {
  return (
    <li className={styles.todo} data-warns={warns || undefined}>
      {icon}
      <p>
        <Link href={paths.editListing(listing.id)} className={styles.name}>
          {listing.title || 'Untitled listing'}
        </Link>
        <span className={styles.reason}>{children}</span>
      </p>
    </li>
  );
}
