import type { Booking, BookingChange } from '@/lib/api/types';
import { formatInstant } from '@/lib/dates';
import type { TimelineStep } from '@/ui/stay/timeline';

/** What has happened to a booking, told to its guest, oldest first. */
export function toldHistory(
  { host, timezone }: Pick<Booking, 'host' | 'timezone'>,
  changes: BookingChange[],
): TimelineStep[] {
  return changes.map((change) => {
    const reason = change.reason.trim();
    const when = formatInstant(change.at, timezone);
    return {
      title: sentence(change, host.name),
      detail: reason ? `${when} · “${reason}”` : when,
      tone: change.to_status === 'CONFIRMED' || change.to_status === 'CHECKED_IN' ? 'good' : 'plain',
    };
  });
}

function sentence({ from_status: from, to_status: to }: BookingChange, host: string): string {
  switch (to) {
    case 'PENDING':
      return 'You asked for this stay';
    case 'AWAITING_PAYMENT':
      return 'The stay waits to be paid';
    case 'CONFIRMED':
      return from ? `${host} confirmed` : 'You booked this stay';
    case 'DECLINED':
      return `${host} declined`;
    case 'EXPIRED':
      return 'The request ran out without an answer';
    case 'CANCELLED_BY_GUEST':
      return 'You cancelled';
    case 'CANCELLED_BY_HOST':
      return `${host} cancelled`;
    case 'CANCELLED_BY_ADMIN':
      return 'Rentora cancelled';
    case 'CHECKED_IN':
      return 'You checked in';
    case 'COMPLETED':
      return 'The stay ended';
    case 'NO_SHOW':
      return 'Nobody came';
  }
}
