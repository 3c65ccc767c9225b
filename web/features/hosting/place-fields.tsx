'use client';

import { FieldError, SelectField, TextField } from '@/ui/field';
import { useHydrated } from '@/ui/hydrated';

import { countries, optionsOf } from './countries';
import styles from './place-fields.module.css';

export type AddressValues = {
  line: string;
  city: string;
  region: string;
  postal_code: string;
  country_code: string;
};

/** The address of a place, field by field. */
export function AddressFields({
  value,
  onChange,
  error,
}: {
  value: AddressValues;
  /** With what has changed alone: several parts may, before the owner draws anew. */
  onChange: (change: Partial<AddressValues>) => void;
  /** What is wrong with a part of it, by its name. */
  error: (part: keyof AddressValues) => string | null;
}) {
  const hydrated = useHydrated();
  const field = (name: keyof AddressValues) => ({
    name: `address.${name}`,
    value: value[name],
    error: error(name),
    onChange: (event: { target: { value: string } }) => onChange({ [name]: event.target.value }),
  });
  return (
    <div className={styles.address}>
      <SelectField label="Country" autoComplete="country" {...field('country_code')}>
        <option value="" disabled>
          Choose a country
        </option>
        {optionsOf(countries, value.country_code, hydrated).map(({ code, name }) => (
          <option key={code} value={code} suppressHydrationWarning>
            {name}
          </option>
        ))}
      </SelectField>
      <div className={styles.wide}>
        <TextField
          label="Street and number"
          hint="Told only to guests whose booking is confirmed."
          autoComplete="street-address"
          maxLength={200}
          optional
          {...field('line')}
        />
      </div>
      <TextField
        label="Postal code"
        autoComplete="postal-code"
        maxLength={20}
        optional
        {...field('postal_code')}
      />
      <TextField label="City" autoComplete="address-level2" maxLength={100} required {...field('city')} />
      <TextField label="Region" autoComplete="address-level1" maxLength={100} optional {...field('region')} />
    </div>
  );
}

export type PointTexts = { lat: string; lng: string };

/** A degree of what somebody typed; null when it is none, or beyond most. */
export function parseDegrees(text: string, most: number): number | null {
  const plain = text.trim().replace(',', '.');
  if (!/^-?\d{1,3}(\.\d+)?$/.test(plain)) return null;
  const degrees = Number(plain);
  return Math.abs(degrees) <= most ? degrees : null;
}

/** Degrees as they are written in the fields: a metre is five decimals. */
export function degreesText(degrees: number): string {
  return String(Math.round(degrees * 1e6) / 1e6);
}

/** The point as two numbers: the way without a map. */
export function PointFields({
  value,
  onChange,
  errors,
}: {
  value: PointTexts;
  /** With what has changed alone. */
  onChange: (change: Partial<PointTexts>) => void;
  errors: { lat: string | null; lng: string | null; both?: string | null };
}) {
  return (
    <div>
      <div className={styles.point}>
        <TextField
          label="Latitude"
          inputMode="text"
          autoComplete="off"
          name="location.lat"
          value={value.lat}
          error={errors.lat}
          onChange={(event) => onChange({ lat: event.target.value })}
        />
        <TextField
          label="Longitude"
          inputMode="text"
          autoComplete="off"
          name="location.lng"
          value={value.lng}
          error={errors.lng}
          onChange={(event) => onChange({ lng: event.target.value })}
        />
      </div>
      <FieldError>{errors.both}</FieldError>
    </div>
  );
}
