import type { BookingStatus, ListingStatus } from '@/lib/api/types';
import type { Tone } from '@/ui/badge';

/** The colour that underlines each status of a listing. */
export const statusTones: Record<ListingStatus, Tone> = {
  draft: 'neutral',
  pending: 'info',
  rejected: 'warning',
  live: 'good',
  paused: 'neutral',
  archived: 'neutral',
};

/** The colour that underlines each status of a booking. */
export const bookingTones: Record<BookingStatus, Tone> = {
  PENDING: 'warning',
  AWAITING_PAYMENT: 'warning',
  CONFIRMED: 'good',
  DECLINED: 'neutral',
  EXPIRED: 'neutral',
  CANCELLED_BY_GUEST: 'bad',
  CANCELLED_BY_HOST: 'bad',
  CANCELLED_BY_ADMIN: 'bad',
  CHECKED_IN: 'good',
  COMPLETED: 'neutral',
  NO_SHOW: 'neutral',
};
