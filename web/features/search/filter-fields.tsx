import type { Amenity, Facet } from '@/lib/api/types';
import { amenities, propertyTypes, roomTypes } from '@/lib/labels';
import { Checkbox, Choice, Choices, SelectField, TextField } from '@/ui/field';

import { counts } from './facets';
import styles from './filters.module.css';
import type { Search } from './state';

// Every amenity stands in one of these, the ones that are asked for most in the first.
const groups: { label: string; of: Amenity[] }[] = [
  {
    label: 'Amenities',
    of: [
      'wifi',
      'kitchen',
      'washer',
      'air_conditioning',
      'heating',
      'workspace',
      'free_parking',
      'pool',
      'pets_allowed',
      'tv',
    ],
  },
  {
    label: 'Outside and views',
    of: [
      'balcony',
      'terrace',
      'garden',
      'bbq_grill',
      'sea_view',
      'mountain_view',
      'lake_access',
      'beach_access',
      'ski_in_out',
    ],
  },
  {
    label: 'In the place',
    of: [
      'dishwasher',
      'microwave',
      'coffee_maker',
      'dryer',
      'iron',
      'hair_dryer',
      'indoor_fireplace',
      'hot_tub',
      'gym',
      'ev_charger',
    ],
  },
  {
    label: 'Services and rules',
    of: [
      'breakfast',
      'self_check_in',
      'luggage_dropoff',
      'long_term_stays',
      'bicycle_storage',
      'smoking_allowed',
    ],
  },
  {
    label: 'Families and access',
    of: ['cot', 'high_chair', 'baby_bath', 'elevator', 'step_free_access', 'wheelchair_accessible'],
  },
  { label: 'Safety', of: ['smoke_alarm', 'carbon_monoxide_alarm', 'fire_extinguisher', 'first_aid_kit'] },
];

/** The fields of all filters, as they stand, with how many stays each choice would leave. They belong into a form. */
export function FilterFields({
  search,
  facets,
  money,
}: {
  search: Search;
  facets: Facet[];
  money: string[];
}) {
  const count = (field: string) => counts(facets, field);
  const [ofType, ofRoom, ofAmenity, ofMode] = ['property_type', 'room_type', 'amenities', 'booking_mode'].map(
    count,
  );
  return (
    <div className={styles.fields}>
      <div>
        <fieldset className={styles.prices}>
          <legend>Price a night</legend>
          <TextField
            label="From"
            name="price_min"
            inputMode="numeric"
            pattern="[0-9]*"
            maxLength={9}
            defaultValue={search.priceMin}
          />
          <TextField
            label="Up to"
            name="price_max"
            inputMode="numeric"
            pattern="[0-9]*"
            maxLength={9}
            defaultValue={search.priceMax}
          />
          <SelectField label="Currency" name="currency" defaultValue={search.currency ?? money[0]}>
            {money.map((currency) => (
              <option key={currency}>{currency}</option>
            ))}
          </SelectField>
        </fieldset>
      </div>
      <div>
        <Choices label="What you have for yourself">
          {keys(roomTypes).map((type) => (
            <Choice
              key={type}
              type="checkbox"
              name="room_type"
              value={type}
              defaultChecked={search.roomTypes.includes(type)}
            >
              {roomTypes[type]}
              <Count of={ofRoom?.get(type)} />
            </Choice>
          ))}
        </Choices>
      </div>
      <Least label="Bedrooms" name="bedrooms_min" value={search.bedrooms} />
      <Least label="Beds" name="beds_min" value={search.beds} />
      <Least label="Bathrooms" name="bathrooms_min" value={search.bathrooms} />
      <Checkbox name="booking_mode" value="instant" defaultChecked={search.instant}>
        <strong>Instant booking</strong> <Count of={ofMode?.get('instant')} />
        <br />
        <span className={styles.soft}>Booked at once, without waiting for the host’s answer</span>
      </Checkbox>
      <div>
        <Choices label="Type of place">
          {keys(propertyTypes).map((type) => (
            <Choice
              key={type}
              type="checkbox"
              name="property_type"
              value={type}
              defaultChecked={search.propertyTypes.includes(type)}
            >
              {propertyTypes[type]}
              <Count of={ofType?.get(type)} />
            </Choice>
          ))}
        </Choices>
      </div>
      {groups.map(({ label, of }) => (
        <div key={label}>
          <Choices label={label}>
            {of.map((amenity) => (
              <Choice
                key={amenity}
                type="checkbox"
                name="amenities"
                value={amenity}
                defaultChecked={search.amenities.includes(amenity)}
              >
                {amenities[amenity]}
                <Count of={ofAmenity?.get(amenity)} />
              </Choice>
            ))}
          </Choices>
        </div>
      ))}
    </div>
  );
}

function Count({ of = 0 }: { of?: number }) {
  return <small className={styles.count}>{of.toLocaleString('en')}</small>;
}

function Least({ label, name, value }: { label: string; name: string; value: number | undefined }) {
  return (
    <div>
      <Choices label={label}>
        {[undefined, 1, 2, 3, 4, 5].map((least) => (
          <Choice
            key={least ?? 0}
            name={name}
            value={least ?? ''}
            defaultChecked={value === least || (least === 5 && (value ?? 0) > 5)}
          >
            {least ? `${least}+` : 'Any'}
          </Choice>
        ))}
      </Choices>
    </div>
  );
}

function keys<T extends string>(of: Record<T, string>): T[] {
  return Object.keys(of) as T[];
}
