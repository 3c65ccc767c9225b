import { Luggage } from 'lucide-react';

import { paths, withQuery } from '@/lib/paths';
import { ButtonLink } from '@/ui/button';
import { Page, PageHeader, Pages, Tabs } from '@/ui/layout';
import { State } from '@/ui/notice';
import { LinkArriving } from '@/ui/stay/arriving';

import { ownBookings } from '../queries';
import type { When } from '../state';
import { TripCard } from './card';
import styles from './trips.module.css';

const tabs: { when: When; label: string }[] = [
  { when: 'upcoming', label: 'Upcoming' },
  { when: 'current', label: 'Current' },
  { when: 'past', label: 'Past' },
];

/** Reads which tab an address means. */
export function whenIn(value: unknown): When {
  return tabs.find(({ when }) => when === value)?.when ?? 'upcoming';
}

/** The caller's stays: those to come, the one that is, and those that were. */
export async function Trips({ when, cursor }: { when: When; cursor?: string }) {
  const { data: trips, page } = await ownBookings(when, cursor);
  return (
    <Page>
      <PageHeader title="Trips" />
      <Tabs
        label="Trips by time"
        items={tabs.map((tab) => ({
          href: paths.trips(tab.when),
          label: tab.label,
          current: tab.when === when,
        }))}
      />
      {trips.length === 0 ? (
        <Nothing when={when} />
      ) : (
        <ul role="list" className={styles.list}>
          {trips.map((trip, i) => (
            <li key={trip.id}>
              <TripCard trip={trip} first={i < 2} />
            </li>
          ))}
        </ul>
      )}
      <Pages
        previous={page?.prev && withQuery(paths.trips(), { when, cursor: page.prev })}
        next={page?.next && withQuery(paths.trips(), { when, cursor: page.next })}
      />
    </Page>
  );
}

const words: Record<When, { title: string; text: string }> = {
  upcoming: { title: 'No trips ahead', text: 'When you have booked a stay, it waits for you here.' },
  current: {
    title: 'You are not on a trip today',
    text: 'The stay that you are on is shown here, with its address and times.',
  },
  past: { title: 'No past trips yet', text: 'Stays that are over, or came to nothing, are kept here.' },
};

function Nothing({ when }: { when: When }) {
  return (
    <State
      icon={<Luggage aria-hidden="true" />}
      title={words[when].title}
      actions={
        <ButtonLink href={paths.stays()} variant="primary" prefetch={false}>
          Look for a stay
          <LinkArriving of="results" />
        </ButtonLink>
      }
    >
      {words[when].text}
    </State>
  );
}
