'use client';

import { useState } from 'react';

import { MonthTables } from '@/ui/calendar/month-tables';
import { StayCalendar } from '@/ui/calendar/range-calendar';
import { shift, type StayDay, type StayRange, type StayRules } from '@/ui/calendar/stay';

import { Both } from './both';

const rules: StayRules = { today: '2027-05-05', minNights: 2, maxNights: 14 };

/** Sixty nights in which each kind of day is there: past, taken, free, too few to start, and too far ahead. */
const days = new Map<string, StayDay>(
  Array.from({ length: 61 }, (_, i): [string, StayDay] => {
    const date = shift('2027-05-01', i);
    const taken = (i >= 11 && i <= 14) || i === 16 || (i >= 33 && i <= 38);
    const night = date <= rules.today || i > 54 ? 'closed' : taken ? 'taken' : 'free';
    const weekend = [5, 6].includes(new Date(`${date}T00:00:00Z`).getUTCDay());
    return [date, { date, night, starts: night === 'free' && i !== 15, price: weekend ? '€120' : '€95' }];
  }),
);

/** The calendar that a stay is chosen in. */
export function Calendars() {
  return (
    <>
      <Both
        title="Calendar"
        note="Nothing chosen: point at a day, or use the arrow keys, to read what it is."
      >
        {(theme) => <Chosen label={`Dates, nothing chosen, ${theme}`} first={null} />}
      </Both>
      <Both title="Calendar with a stay">
        {(theme) => (
          <Chosen
            label={`Dates, three nights chosen, ${theme}`}
            first={{ start: '2027-05-20', end: '2027-05-23' }}
          />
        )}
      </Both>
      <Both
        title="Calendar to read"
        note="What the server writes, until the one that can be pressed has come."
      >
        {() => (
          <MonthTables
            days={days}
            rules={rules}
            value={{ start: '2027-05-20', end: '2027-05-23' }}
            from="2027-05-01"
          />
        )}
      </Both>
    </>
  );
}

function Chosen({ label, first }: { label: string; first: StayRange | null }) {
  const [value, choose] = useState(first);
  return (
    <StayCalendar
      label={label}
      days={days}
      rules={rules}
      value={value}
      onChange={choose}
      last={shift(rules.today, 60)}
    />
  );
}
