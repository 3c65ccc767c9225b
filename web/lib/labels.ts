import type {
  Amenity,
  BookingMode,
  BookingStatus,
  CancellationPolicy,
  ListingStatus,
  PropertyType,
  RejectionReason,
  Role,
  RoomType,
  SearchSort,
} from './api/types';

// The words for the contract's constants, each once. A constant that gets no word does not compile.

export const propertyTypes: Record<PropertyType, string> = {
  apartment: 'Apartment',
  house: 'House',
  villa: 'Villa',
  cabin: 'Cabin',
  loft: 'Loft',
  cottage: 'Cottage',
  townhouse: 'Townhouse',
  studio: 'Studio',
  guesthouse: 'Guesthouse',
};

export const roomTypes: Record<RoomType, string> = {
  entire_place: 'Entire place',
  private_room: 'Private room',
  shared_room: 'Shared room',
};

export const amenities: Record<Amenity, string> = {
  wifi: 'Wi-Fi',
  kitchen: 'Kitchen',
  washer: 'Washing machine',
  dryer: 'Dryer',
  air_conditioning: 'Air conditioning',
  heating: 'Heating',
  workspace: 'Workspace',
  tv: 'TV',
  hair_dryer: 'Hair dryer',
  iron: 'Iron',
  pool: 'Pool',
  hot_tub: 'Hot tub',
  free_parking: 'Free parking',
  ev_charger: 'EV charger',
  cot: 'Cot',
  gym: 'Gym',
  bbq_grill: 'Barbecue',
  breakfast: 'Breakfast',
  indoor_fireplace: 'Fireplace',
  smoking_allowed: 'Smoking allowed',
  pets_allowed: 'Pets allowed',
  smoke_alarm: 'Smoke alarm',
  carbon_monoxide_alarm: 'Carbon monoxide alarm',
  first_aid_kit: 'First aid kit',
  fire_extinguisher: 'Fire extinguisher',
  balcony: 'Balcony',
  terrace: 'Terrace',
  garden: 'Garden',
  sea_view: 'Sea view',
  mountain_view: 'Mountain view',
  lake_access: 'Lake access',
  beach_access: 'Beach access',
  ski_in_out: 'Ski in, ski out',
  elevator: 'Lift',
  step_free_access: 'Step-free access',
  wheelchair_accessible: 'Wheelchair accessible',
  dishwasher: 'Dishwasher',
  microwave: 'Microwave',
  coffee_maker: 'Coffee maker',
  luggage_dropoff: 'Luggage drop-off',
  long_term_stays: 'Long stays welcome',
  self_check_in: 'Self check-in',
  bicycle_storage: 'Bicycle storage',
  baby_bath: 'Baby bath',
  high_chair: 'High chair',
};

export const bookingModes: Record<BookingMode, string> = {
  instant: 'Instant booking',
  request: 'On request',
};

export const policies: Record<CancellationPolicy, string> = {
  flexible: 'Flexible',
  moderate: 'Moderate',
  strict: 'Strict',
};

export const listingStatuses: Record<ListingStatus, string> = {
  draft: 'Draft',
  pending: 'In verification',
  rejected: 'Sent back',
  live: 'Live',
  paused: 'Paused',
  archived: 'Archived',
};

export const bookingStatuses: Record<BookingStatus, string> = {
  PENDING: 'Waiting for the host',
  AWAITING_PAYMENT: 'Waiting for payment',
  CONFIRMED: 'Confirmed',
  DECLINED: 'Declined',
  EXPIRED: 'Expired',
  CANCELLED_BY_GUEST: 'Cancelled by the guest',
  CANCELLED_BY_HOST: 'Cancelled by the host',
  CANCELLED_BY_ADMIN: 'Cancelled by Rentora',
  CHECKED_IN: 'Checked in',
  COMPLETED: 'Completed',
  NO_SHOW: 'No show',
};

export const rejectionReasons: Record<RejectionReason, string> = {
  incomplete: 'Something is missing',
  misleading: 'Misleading description',
  photos: 'Photos are not good enough',
  location: 'The location is wrong',
  duplicate: 'Listed already',
  prohibited: 'Not allowed here',
  other: 'Another reason',
};

export const roles: Record<Role, string> = {
  guest: 'Guest',
  host: 'Host',
  support: 'Support',
  admin: 'Administrator',
};

export const sorts: Record<SearchSort, string> = {
  relevance: 'Best match',
  price_asc: 'Lowest price',
  price_desc: 'Highest price',
  distance: 'Nearest',
  newest: 'Newest',
};
