'use client';

import { useRouter } from 'next/navigation';
import { type FormEvent, useRef, useState } from 'react';

import { api, idempotencyKey } from '@/lib/api/browser';
import { dataOf, type Failure, isFailure, unreachable } from '@/lib/api/failure';
import type { PropertyType, RoomType } from '@/lib/api/types';
import { propertyTypes, roomTypes } from '@/lib/labels';
import { paths } from '@/lib/paths';
import { Button } from '@/ui/button';
import { Choice, Choices, TextField } from '@/ui/field';
import { useFocusFirstError } from '@/ui/form';
import { Notice } from '@/ui/notice';

import { entries, words } from '../editor/step-basics';
import { useMapStyle } from '../map-style';
import { AddressFields, type AddressValues, degreesText, parseDegrees, PointFields } from '../place-fields';
import { PointMap } from '../point-map';
import { Stepper } from '../stepper';
import styles from './listings.module.css';

type Errors = Record<string, string>;

/** What a listing needs to be started; everything else follows in the editor. */
export function NewListingForm() {
  const router = useRouter();
  const form = useRef<HTMLFormElement>(null);
  const key = useRef({ id: idempotencyKey(), body: '' });
  const [pending, setPending] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  const [errors, setErrors] = useState<Errors | null>(null);
  const [title, setTitle] = useState('');
  const [property_type, setType] = useState<PropertyType>('apartment');
  const [room_type, setRoom] = useState<RoomType>('entire_place');
  const [capacity, setCapacity] = useState({ max_guests: 2, bedrooms: 1, beds: 1, bathrooms: 1 });
  const [address, setAddress] = useState<AddressValues>({
    line: '',
    city: '',
    region: '',
    postal_code: '',
    country_code: '',
  });
  const [point, setPoint] = useState({ lat: '', lng: '' });
  useFocusFirstError(form, failure ?? errors);

  const wrong = (name: string) =>
    errors?.[name] ?? words(failure?.fieldErrors.find(({ field }) => field === name)?.message ?? null);

  async function create(event: FormEvent) {
    event.preventDefault();
    if (pending) return;
    setFailure(null);
    const lat = parseDegrees(point.lat, 90);
    const lng = parseDegrees(point.lng, 180);
    const found: Errors = {};
    if (!title.trim()) found.title = 'Give the place a title; it can be changed later.';
    if (!address.country_code) found['address.country_code'] = 'Choose the country.';
    if (!address.city.trim()) found['address.city'] = 'Enter the city.';
    if (lat === null) found['location.lat'] = 'Move the map, or enter degrees such as 38.7109.';
    if (lng === null) found['location.lng'] = 'Move the map, or enter degrees such as -9.1459.';
    if (lat === null || lng === null || Object.keys(found).length > 0) return setErrors(found);
    setErrors(null);
    setPending(true);
    const body = {
      title: title.trim(),
      property_type,
      room_type,
      ...capacity,
      address,
      location: { lat, lng },
    };
    // The same listing keeps its key over retries; another one is another intention.
    const text = JSON.stringify(body);
    if (key.current.body !== text) key.current = { id: idempotencyKey(), body: text };
    try {
      const params = { header: { 'Idempotency-Key': key.current.id } };
      const listing = await dataOf(api.POST('/listings', { params, body }));
      router.push(paths.editListing(listing.id, 'basics'));
    } catch (error) {
      setFailure(isFailure(error) ? error : unreachable());
      setPending(false);
    }
  }

  return (
    <form ref={form} className={styles.new} onSubmit={(event) => void create(event)} noValidate>
      {failure && failure.fieldErrors.length === 0 && <Notice tone="bad" title={failure.message} />}
      <section className={styles.section} aria-labelledby="what">
        <h2 id="what">What it is</h2>
        <TextField
          label="Title"
          name="title"
          hint="You can still change it."
          value={title}
          maxLength={100}
          autoComplete="off"
          error={wrong('title')}
          onChange={(event) => setTitle(event.target.value)}
        />
        <Choices label="Type of place" error={wrong('property_type')}>
          {entries(propertyTypes).map(([value, label]) => (
            <Choice
              key={value}
              name="property_type"
              checked={property_type === value}
              onChange={() => setType(value)}
            >
              {label}
            </Choice>
          ))}
        </Choices>
        <Choices label="What guests get" error={wrong('room_type')}>
          {entries(roomTypes).map(([value, label]) => (
            <Choice
              key={value}
              name="room_type"
              checked={room_type === value}
              onChange={() => setRoom(value)}
            >
              {label}
            </Choice>
          ))}
        </Choices>
        <div className={styles.rows}>
          {capacities.map(({ name, label, min, max, step }) => (
            <Stepper
              key={name}
              label={label}
              min={min}
              max={max}
              step={step}
              value={capacity[name]}
              error={wrong(name)}
              onChange={(value) => setCapacity((before) => ({ ...before, [name]: value }))}
            />
          ))}
        </div>
      </section>
      <section className={styles.section} aria-labelledby="where">
        <h2 id="where">Where it is</h2>
        <AddressFields
          value={address}
          onChange={(change) => setAddress((was) => ({ ...was, ...change }))}
          error={(part) => wrong(`address.${part}`)}
        />
        <Point
          point={point}
          onChange={(change) => setPoint((was) => ({ ...was, ...change }))}
          city={address.city}
          country={address.country_code}
          wrong={wrong}
        />
      </section>
      <div>
        <Button type="submit" variant="primary" size="large" pending={pending} pendingLabel="Starting…">
          Start the listing
        </Button>
      </div>
    </form>
  );
}

const capacities = [
  { name: 'max_guests', label: 'Guests', min: 1, max: 50, step: 1 },
  { name: 'bedrooms', label: 'Bedrooms', min: 0, max: 50, step: 1 },
  { name: 'beds', label: 'Beds', min: 0, max: 100, step: 1 },
  { name: 'bathrooms', label: 'Bathrooms', min: 0, max: 50, step: 0.5 },
] as const;

function Point({
  point,
  onChange,
  city,
  country,
  wrong,
}: {
  point: { lat: string; lng: string };
  onChange: (change: Partial<{ lat: string; lng: string }>) => void;
  city: string;
  country: string;
  wrong: (name: string) => string | null;
}) {
  const mapStyle = useMapStyle();
  const [looking, setLooking] = useState(false);
  const [said, say] = useState('');
  const lat = parseDegrees(point.lat, 90);
  const lng = parseDegrees(point.lng, 180);
  const set = (at: { lat: number; lng: number }) =>
    onChange({ lat: degreesText(at.lat), lng: degreesText(at.lng) });

  async function look() {
    setLooking(true);
    try {
      const places = await dataOf(api.GET('/search/places', { params: { query: { q: city.trim() } } }));
      const place = places.find((one) => one.country_code === country) ?? places[0];
      if (place) set(place.location);
      say(place ? `The map shows ${place.name}.` : 'We do not know this city yet: move the map to it.');
    } catch (error) {
      say(isFailure(error) ? error.message : unreachable().message);
    } finally {
      setLooking(false);
    }
  }

  return (
    <>
      <h3>The point on the map</h3>
      <div>
        <Button size="small" pending={looking} aria-disabled={city.trim() === ''} onClick={() => void look()}>
          Show the city on the map
        </Button>{' '}
        <span role="status">{said}</span>
      </div>
      <PointMap
        point={lat !== null && lng !== null ? { lat, lng } : null}
        mapStyle={mapStyle}
        onChange={set}
      />
      <PointFields
        value={point}
        onChange={onChange}
        errors={{ lat: wrong('location.lat'), lng: wrong('location.lng'), both: wrong('location') }}
      />
    </>
  );
}
