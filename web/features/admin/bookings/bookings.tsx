import { CalendarSearch } from 'lucide-react';

import { type Failure, isFailure } from '@/lib/api/failure';
import { plural } from '@/lib/dates';
import { bookingStatuses } from '@/lib/labels';
import { paths } from '@/lib/paths';
import { here, requireUser } from '@/lib/session';
import { ButtonLink } from '@/ui/button';
import { SelectField, TextField } from '@/ui/field';
import { PageHeader } from '@/ui/layout';
import { Notice, State } from '@/ui/notice';

import { FilterForm } from '../shared/filter-form';
import { Count, ListPages } from '../shared/parts';
import { keys, one, oneOf, type Search } from '../shared/query';
import { listed } from '../shared/read';
import { allBookings } from './read';
import { BookingTable } from './table';

/** Bookings of everybody, to be found by their code, state, listing, guest or host. */
export async function Bookings({ search }: { search: Search }) {
  await requireUser(await here(), 'admin');
  const filters = {
    q: one(search, 'q')?.toUpperCase(),
    status: oneOf(search, 'status', keys(bookingStatuses)),
    listing_id: one(search, 'listing_id'),
    guest_id: one(search, 'guest_id'),
    host_id: one(search, 'host_id'),
  };
  const got = await listed(allBookings({ ...filters, cursor: one(search, 'cursor') }));
  return (
    <>
      <PageHeader title="Bookings" />
      <FilterForm action={paths.adminBookings()} label="Bookings" values={filters}>
        <Filters filters={filters} failure={isFailure(got) ? got : null} />
      </FilterForm>
      {isFailure(got) ? (
        <Notice tone="bad">{got.message}</Notice>
      ) : got.data.length === 0 ? (
        <State
          icon={<CalendarSearch aria-hidden="true" />}
          title="No booking is like this"
          actions={<ButtonLink href={paths.adminBookings()}>Show all bookings</ButtonLink>}
        >
          The search looks at how the code begins: it stands in every mail about a booking.
        </State>
      ) : (
        <>
          <Count>{plural(got.data.length, 'booking')} on this page, newest first.</Count>
          <BookingTable label="Bookings" bookings={got.data} />
          <ListPages path={paths.adminBookings()} filters={filters} page={got.page} />
        </>
      )}
    </>
  );
}

function Filters({
  filters,
  failure,
}: {
  filters: Record<string, string | undefined>;
  failure: Failure | null;
}) {
  const ids = [
    ['listing_id', 'Id of the listing'],
    ['guest_id', 'Id of the guest'],
    ['host_id', 'Id of the host'],
  ] as const;
  const plain = { spellCheck: false, autoComplete: 'off' };
  return (
    <>
      <TextField
        {...plain}
        label="Code"
        name="q"
        type="search"
        maxLength={20}
        defaultValue={filters.q}
        error={failure?.field('q')}
      />
      <SelectField label="State" name="status" defaultValue={filters.status ?? ''}>
        <option value="">Every state</option>
        {keys(bookingStatuses).map((status) => (
          <option key={status} value={status}>
            {bookingStatuses[status]}
          </option>
        ))}
      </SelectField>
      {ids.map(([name, label]) => (
        <TextField
          {...plain}
          key={name}
          label={label}
          name={name}
          maxLength={36}
          defaultValue={filters[name]}
          error={failure?.field(name)}
        />
      ))}
    </>
  );
}
