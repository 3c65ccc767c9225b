import type { BookingStatus, FieldDiff, FieldNote } from '@/lib/api/types';
import type { Tone } from '@/ui/badge';

/** The words for the fields that a note can be about. */
export const noteFields: Record<FieldNote['field'], string> = {
  title: 'Title',
  description: 'Description',
  photos: 'Photos',
  property_type: 'Kind of property',
  room_type: 'Kind of place',
  capacity: 'Guests, rooms and beds',
  amenities: 'Amenities',
  house_rules: 'House rules',
  address: 'Address',
  location: 'Place on the map',
  price: 'Price',
  other: 'Something else',
};

/** The words for the fields that a change can be about. */
export const diffFields: Record<FieldDiff['field'], string> = {
  title: 'Title',
  description: 'Description',
  property_type: 'Kind of property',
  room_type: 'Kind of place',
  max_guests: 'Guests',
  bedrooms: 'Bedrooms',
  beds: 'Beds',
  bathrooms: 'Bathrooms',
  address: 'Address',
  location: 'Place on the map',
  photos: 'Photos',
};

/** Which field of a note a changed field belongs to. */
export function noteFieldOf(field: string): FieldNote['field'] {
  const name = field.split(/[.[]/)[0] ?? '';
  if (['max_guests', 'bedrooms', 'beds', 'bathrooms'].includes(name)) return 'capacity';
  return name in noteFields ? (name as FieldNote['field']) : 'other';
}

/** The words for the states of an account. */
export const accountStatuses = { active: 'Active', locked: 'Locked' };

/** The words for the states of a dead letter. */
export const letterStatuses = { open: 'Open', retried: 'Sent again', discarded: 'Discarded' };

/** The words for the states of a group of errors. */
export const errorStatuses = { open: 'Open', resolved: 'Resolved' };

/** The words for where an error arose. */
export const errorSources = { api: 'API', worker: 'Worker', web: 'Browser' };

/** The words for what an entry of the audit log can be about. */
export const targets: Record<string, string> = {
  user: 'Account',
  listing: 'Listing',
  booking: 'Booking',
  dead_letter: 'Dead letter',
  error: 'Error',
};

/** The colour that goes with the state of a booking. */
export const bookingTones: Record<BookingStatus, Tone> = {
  PENDING: 'warning',
  AWAITING_PAYMENT: 'warning',
  CONFIRMED: 'good',
  CHECKED_IN: 'info',
  COMPLETED: 'neutral',
  DECLINED: 'neutral',
  EXPIRED: 'neutral',
  CANCELLED_BY_GUEST: 'bad',
  CANCELLED_BY_HOST: 'bad',
  CANCELLED_BY_ADMIN: 'bad',
  NO_SHOW: 'bad',
};
