'use client';

import { Search as Glass } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { type FormEvent, useState, useTransition } from 'react';

import { paths } from '@/lib/paths';
import { Button } from '@/ui/button';
import { classes } from '@/ui/classes';
import { FieldError } from '@/ui/field';
import { Arriving } from '@/ui/stay/arriving';

import { DatesField, type When } from './dates-field';
import styles from './form.module.css';
import { GuestsField } from './guests-field';
import { PlaceField, type Where } from './place-field';
import { anything, parseSearch, queryOf, type RawQuery, type Search, staysHref } from './state';
import { useStays } from './stays-context';

/** What the form's own fields say; the rest of a search goes along unseen. */
const own = new Set(['q', 'place', 'bbox', 'check_in', 'check_out', 'flexible_days', 'guests', 'cursor']);

type Fields = { where: Where; when: When; guests: number | undefined };

function fieldsOf(search: Search): Fields {
  const { place, bbox, q, checkIn, checkOut, flexibleDays, guests } = search;
  const where = place ? { text: place, place, bbox, q } : { text: q ?? '', bbox };
  return { where, when: { checkIn, checkOut, flexibleDays }, guests };
}

/** Where to, when, for how many. A plain form that leads to the results; where there is JavaScript, it helps to fill it in. */
export function SearchForm({
  search = anything,
  look = 'hero',
  onSent,
}: {
  search?: Search;
  look?: 'hero' | 'bar';
  onSent?: () => void;
}) {
  const router = useRouter();
  const found = useStays();
  const [alone, start] = useTransition();
  const [problem, setProblem] = useState<string | null>(null);
  const [fields, setFields] = useState(() => fieldsOf(search));
  // When the search changes elsewhere (back, the map), the fields follow; what is being typed stays otherwise.
  const address = staysHref({ ...search, cursor: undefined });
  const [seen, see] = useState(address);
  if (seen !== address) {
    see(address);
    setFields(fieldsOf(search));
  }

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const { search: next, problem: wrong } = parseSearch(rawOf(new FormData(event.currentTarget)));
    setProblem(wrong);
    if (wrong) return;
    onSent?.();
    if (found) found.go(next);
    else start(() => router.push(staysHref(next)));
  }

  const rest = Object.entries(queryOf(search)).filter(
    ([name, value]) => !own.has(name) && value !== undefined,
  );
  return (
    <form
      action={paths.stays()}
      method="get"
      role="search"
      aria-label="Stays"
      className={styles.frame}
      onSubmit={submit}
    >
      <div className={classes(styles.form, look === 'bar' && styles.bar)}>
        <PlaceField where={fields.where} onChange={(where) => setFields({ ...fields, where })} />
        <DatesField when={fields.when} onChange={(when) => setFields({ ...fields, when })} />
        <GuestsField guests={fields.guests} onChange={(guests) => setFields({ ...fields, guests })} />
        {rest.map(([name, value]) => (
          <input key={name} type="hidden" name={name} value={value} />
        ))}
        <Button type="submit" variant="primary" className={styles.submit} pending={alone || found?.pending}>
          <Glass size={20} aria-hidden="true" />
          <span className={styles.submitText}>Search</span>
        </Button>
      </div>
      <FieldError>{problem}</FieldError>
      <Arriving of="results" shown={alone} />
    </form>
  );
}

/** A form's content in the shape of an address. */
export function rawOf(data: FormData): RawQuery {
  const raw: RawQuery = {};
  for (const name of new Set(data.keys())) {
    raw[name] = data.getAll(name).filter((value) => typeof value === 'string');
  }
  return raw;
}
