'use client';

import { Globe, MapPin } from 'lucide-react';
import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react';

import type { Place } from '@/lib/api/types';
import { classes } from '@/ui/classes';

import styles from './form.module.css';
import { placeName, searchOfPlace } from './place-name';
import { stays } from './words';

/** Where to: a text, and a box on the map when a suggested place was chosen or the map was moved. */
export type Where = { text: string; place?: string; bbox?: string; q?: string };

const pause = 120; // ms without a key before places are asked for

/** Where to go: a text field that suggests places; just a text field where there is no JavaScript. */
export function PlaceField({ where, onChange }: { where: Where; onChange: (where: Where) => void }) {
  const id = useId();
  const [open, setOpen] = useState(false);
  const [active, setActive] = useState(-1);
  const places = useSuggestions(open, where.place ? '' : where.text);
  const shown = open && places.length > 0;
  const input = useRef<HTMLInputElement>(null);

  function close() {
    setOpen(false);
    setActive(-1);
  }

  function choose(place: Place) {
    const { bbox, q } = searchOfPlace(place);
    onChange({ text: placeName(place), place: placeName(place), bbox, q });
    close();
  }

  function onKeyDown(event: KeyboardEvent<HTMLInputElement>) {
    const chosen = places[active];
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      const step = event.key === 'ArrowDown' ? 1 : -1;
      const count = places.length + 1; // one more: back in the field
      if (shown) setActive(((active + 1 + step + count) % count) - 1);
      else setOpen(true);
    } else if (event.key === 'Enter' && shown && chosen) {
      event.preventDefault();
      choose(chosen);
    } else if (event.key === 'Escape' && open) {
      event.preventDefault();
      close();
    }
  }

  return (
    <div className={classes(styles.part, styles.where)} onBlur={(event) => leaves(event) && close()}>
      <label htmlFor={id} className={styles.label}>
        Where to
      </label>
      <input
        ref={input}
        id={id}
        name={where.place ? 'place' : 'q'}
        type="text"
        maxLength={120}
        className={styles.input}
        placeholder={where.bbox ? 'This part of the map' : 'City, region or what you like'}
        autoComplete="off"
        autoCapitalize="words"
        spellCheck={false}
        enterKeyHint="search"
        role="combobox"
        aria-autocomplete="list"
        aria-expanded={shown}
        aria-controls={`${id}-list`}
        aria-activedescendant={shown && active >= 0 ? `${id}-${active}` : undefined}
        value={where.text}
        onChange={(event) => {
          onChange({ text: event.target.value });
          setOpen(true);
          setActive(-1);
        }}
        onFocus={(event) => {
          setOpen(true);
          event.target.select();
        }}
        onClick={() => setOpen(true)}
        onKeyDown={onKeyDown}
      />
      {where.bbox && <input type="hidden" name="bbox" value={where.bbox} />}
      {where.place && where.q && <input type="hidden" name="q" value={where.q} />}
      <ul id={`${id}-list`} role="listbox" aria-label="Places" className={styles.options} hidden={!shown}>
        {places.map((place, index) => (
          <li
            key={`${place.kind} ${place.bbox} ${place.name}`}
            id={`${id}-${index}`}
            role="option"
            aria-selected={index === active}
            className={styles.option}
            onPointerDown={(event) => event.preventDefault()}
            onPointerMove={() => setActive(index)}
            onClick={() => choose(place)}
          >
            {place.kind === 'country' ? (
              <Globe size={20} aria-hidden="true" />
            ) : (
              <MapPin size={20} aria-hidden="true" />
            )}
            <span className={styles.optionName}>
              {place.name}
              <span className={styles.optionMore}>{around(place)}</span>
            </span>
            <span className={styles.optionMore}>{stays(place.listings)}</span>
          </li>
        ))}
      </ul>
      <span className="visually-hidden" role="status">
        {shown ? `${places.length} ${places.length === 1 ? 'place' : 'places'} suggested` : ''}
      </span>
    </div>
  );
}

function around(place: Place): string {
  if (place.kind === 'country') return 'Country';
  const region = place.region && place.region !== place.name ? `${place.region}, ` : '';
  return `${region}${place.country}`;
}

function leaves(event: React.FocusEvent<HTMLElement>): boolean {
  return !event.currentTarget.contains(event.relatedTarget);
}

// What is typed next makes the question before it moot: it is given up.
function useSuggestions(open: boolean, text: string): Place[] {
  const [places, setPlaces] = useState<Place[]>([]);
  useEffect(() => {
    if (!open) return undefined;
    const controller = new AbortController();
    const timer = setTimeout(
      () => {
        import('./suggest')
          .then(({ suggest }) => suggest(text, controller.signal))
          .then((found) => {
            if (!controller.signal.aborted) setPlaces(found);
          })
          .catch(() => undefined); // the text alone can be looked for, too
      },
      text ? pause : 0,
    );
    return () => {
      clearTimeout(timer);
      controller.abort();
    };
  }, [open, text]);
  return places;
}
