import type { Amenity } from '@/lib/api/types';
import { amenities as labels } from '@/lib/labels';

const grouped: { title: string; amenities: Amenity[] }[] = [
  {
    title: 'Essentials',
    amenities: [
      'wifi',
      'kitchen',
      'heating',
      'air_conditioning',
      'washer',
      'dryer',
      'workspace',
      'tv',
      'hair_dryer',
      'iron',
    ],
  },
  { title: 'Kitchen', amenities: ['dishwasher', 'microwave', 'coffee_maker', 'breakfast', 'bbq_grill'] },
  {
    title: 'Outside and view',
    amenities: [
      'balcony',
      'terrace',
      'garden',
      'pool',
      'hot_tub',
      'sea_view',
      'mountain_view',
      'lake_access',
      'beach_access',
      'ski_in_out',
    ],
  },
  {
    title: 'Comfort',
    amenities: ['indoor_fireplace', 'gym', 'long_term_stays', 'pets_allowed', 'smoking_allowed'],
  },
  {
    title: 'Coming and going',
    amenities: ['self_check_in', 'luggage_dropoff', 'free_parking', 'ev_charger', 'bicycle_storage'],
  },
  { title: 'Families', amenities: ['cot', 'baby_bath', 'high_chair'] },
  { title: 'Access', amenities: ['elevator', 'step_free_access', 'wheelchair_accessible'] },
  {
    title: 'Safety',
    amenities: ['smoke_alarm', 'carbon_monoxide_alarm', 'first_aid_kit', 'fire_extinguisher'],
  },
];

const named = new Set(grouped.flatMap((group) => group.amenities));
const others = (Object.keys(labels) as Amenity[]).filter((amenity) => !named.has(amenity));

/** All amenities in groups of what belongs together; what the contract gets anew stands at the end until it has its place. */
export const amenityGroups = others.length > 0 ? [...grouped, { title: 'More', amenities: others }] : grouped;
