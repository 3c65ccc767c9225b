import Link from 'next/link';

import { isFailure } from '@/lib/api/failure';
import type { Account } from '@/lib/api/types';
import { paths } from '@/lib/paths';

import { Missing, Quiet, Section } from '../shared/parts';
import { tried } from '../shared/read';
import { allBookings, type BookingFilters } from './read';
import { BookingTable } from './table';

/** The newest bookings of an account: what it booked and, of a host, what was booked there. */
export function RecentBookings({ account }: { account: Account }) {
  const hosts = account.role === 'host' || account.role === 'admin';
  return (
    <>
      <Recent title="Trips" empty="It has booked nothing yet." filters={{ guest_id: account.id }} />
      {hosts && (
        <Recent
          title="Bookings at its listings"
          empty="Nothing was booked there yet."
          filters={{ host_id: account.id }}
        />
      )}
    </>
  );
}

async function Recent({ title, empty, filters }: { title: string; empty: string; filters: BookingFilters }) {
  const got = await tried(allBookings({ ...filters, limit: 5 }));
  if (isFailure(got)) return <Missing what={title} failure={got} />;
  return (
    <Section
      title={title}
      more={got.page?.next && <Link href={paths.adminBookings(filters)}>All of them</Link>}
    >
      {got.data.length === 0 ? <Quiet>{empty}</Quiet> : <BookingTable label={title} bookings={got.data} />}
    </Section>
  );
}
