import type { Metadata } from 'next';

import { addMonths, firstOf, isMonth, monthOf, weeksOf } from '@/features/hosting/calendar/grid';
import { HostCalendar } from '@/features/hosting/calendar/host-calendar';
import { calendarOf, myListing } from '@/features/hosting/queries';
import { addDays, today } from '@/lib/dates';
import { here, requireUser } from '@/lib/session';

export const metadata: Metadata = { title: 'Calendar' };

export default async function CalendarPage({
  params,
  searchParams,
}: PageProps<'/host/listings/[id]/calendar'>) {
  const user = await requireUser(await here(), 'host', 'admin');
  const [{ id }, query] = await Promise.all([params, searchParams]);
  const { listing } = await myListing(user, id);
  const month = isMonth(query.month) ? query.month : monthOf(today(listing.timezone));
  const view = query.view === 'year' ? 'year' : 'month';
  const from = weeksOf(month)[0]?.[0] ?? firstOf(month);
  const to = view === 'year' ? firstOf(addMonths(month, 12)) : addDays(from, 42);
  const data = await calendarOf(id, from, to);
  return <HostCalendar key={id} listing={{ id, title: listing.title }} month={month} view={view} {...data} />;
}
