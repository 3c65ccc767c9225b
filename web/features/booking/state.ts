import type { Booking, BookingStatus } from '@/lib/api/types';
import { addDays, formatDate, formatInstant, today } from '@/lib/dates';
import type { Tone } from '@/ui/badge';
import type { PictureSource } from '@/ui/picture';

const holding: BookingStatus[] = ['PENDING', 'AWAITING_PAYMENT', 'CONFIRMED', 'CHECKED_IN'];

/** Whether a booking keeps its nights from others. */
export function holdsNights({ status }: Pick<Booking, 'status'>): boolean {
  return holding.includes(status);
}

/** The colour of a status: what is certain, what waits, and what has come to nothing. */
export const statusTones: Record<BookingStatus, Tone> = {
  PENDING: 'warning',
  AWAITING_PAYMENT: 'warning',
  CONFIRMED: 'good',
  CHECKED_IN: 'good',
  COMPLETED: 'neutral',
  DECLINED: 'bad',
  EXPIRED: 'neutral',
  CANCELLED_BY_GUEST: 'neutral',
  CANCELLED_BY_HOST: 'bad',
  CANCELLED_BY_ADMIN: 'bad',
  NO_SHOW: 'neutral',
};

/** When a stay is, by the day at the place; what came to nothing is past at once. */
export type When = 'upcoming' | 'current' | 'past';

/** A booking's photo for <Picture>, which wants to know its proportions. */
export function coverOf({ cover }: Booking['listing']): PictureSource | null {
  const [first] = cover?.variants ?? [];
  return cover && first ? { ...cover, width: first.width, height: first.height } : null;
}

type Next = { title: string; text: string };

/** Where a booking stands and what comes next, for its guest. */
export function nextStep(booking: Booking, now: number): Next {
  const { status, host, timezone, check_in, check_in_from, check_out } = booking;
  const day = today(timezone, new Date(now));
  switch (status) {
    case 'PENDING':
      return {
        title: `${host.name} is looking at your request`,
        text: booking.expires_at
          ? `There is an answer by ${formatInstant(booking.expires_at, timezone)} at the latest; until then the nights are held for you.`
          : 'Until there is an answer the nights are held for you.',
      };
    case 'AWAITING_PAYMENT':
      return { title: 'One step is left', text: 'The stay is yours as soon as it is paid.' };
    case 'CONFIRMED':
      if (check_out <= day) return { title: 'This stay is over', text: 'We hope it was a good one.' };
      if (check_in > day) {
        const soon = check_in === addDays(day, 1);
        return {
          title: soon ? 'Tomorrow is the day' : 'Your stay is confirmed',
          text: `Check-in is on ${formatDate(check_in, 'en-GB', { weekday: 'long', day: 'numeric', month: 'long' })}, from ${check_in_from} at the place.`,
        };
      }
      return check_in === day
        ? { title: 'Today is the day', text: `Check-in is from ${check_in_from} at the place.` }
        : {
            title: 'You are there',
            text: `Check-out is on ${formatDate(check_out, 'en-GB', { weekday: 'long', day: 'numeric', month: 'long' })}.`,
          };
    case 'CHECKED_IN':
      return {
        title: 'You are there',
        text: `Check-out is on ${formatDate(check_out, 'en-GB', { weekday: 'long', day: 'numeric', month: 'long' })}.`,
      };
    case 'COMPLETED':
      return { title: 'This stay is over', text: 'We hope it was a good one.' };
    case 'DECLINED':
      return {
        title: `${host.name} could not take this request`,
        text: 'Nothing is owed, and the nights are free again.',
      };
    case 'EXPIRED':
      return {
        title: 'The request was not answered in time',
        text: 'Nothing is owed. Other places are free for these dates.',
      };
    case 'CANCELLED_BY_GUEST':
      return { title: 'You cancelled this stay', text: 'The nights are free again.' };
    case 'CANCELLED_BY_HOST':
      return { title: `${host.name} cancelled this stay`, text: 'You get everything back.' };
    case 'CANCELLED_BY_ADMIN':
      return { title: 'Rentora cancelled this stay', text: 'You get everything back.' };
    case 'NO_SHOW':
      return { title: 'Nobody came to this stay', text: 'If that is wrong, write to the host.' };
  }
}
