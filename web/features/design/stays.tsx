'use client';

import { useState } from 'react';

import { formatMoney } from '@/lib/money';
import { Countdown } from '@/ui/stay/countdown';
import { PriceLines } from '@/ui/stay/price-lines';
import { Timeline } from '@/ui/stay/timeline';

import { Both } from './both';

const money = (minor: number) => formatMoney({ minor, currency: 'EUR' });
const lines = [
  { kind: 'nights', label: '3 nights', quantity: 3, unit_minor: 9550, amount_minor: 28_650 },
  { kind: 'cleaning', label: 'Cleaning', quantity: 1, unit_minor: 4000, amount_minor: 4000 },
  { kind: 'discount', label: 'Week for less', quantity: 1, unit_minor: -1500, amount_minor: -1500 },
  { kind: 'tax', label: 'Tax 6 %', quantity: 1, unit_minor: 1869, amount_minor: 1869 },
];
const total = { label: 'Total for 3 nights', amount: money(33_019) };

/** What pages about a stay are made of. */
export function Stays() {
  return (
    <>
      <Both title="Price lines" note="As it is, and while a new price is on its way.">
        {() => (
          <>
            <PriceLines lines={lines} money={money} total={total} />
            <PriceLines lines={lines} money={money} total={total} stale />
          </>
        )}
      </Both>
      <Both title="Timelines" note="What comes back when a stay is cancelled; and what has happened.">
        {(theme) => (
          <>
            <Timeline
              label={`What comes back, ${theme}`}
              steps={[
                { title: 'Everything', detail: 'until Sun 16 May, 15:00', tone: 'good' },
                { title: 'Half', detail: 'until Thu 20 May, 15:00', tone: 'half' },
                { title: 'Nothing', detail: 'from then on', tone: 'none' },
                { title: 'Check-in on Fri 21 May, from 15:00' },
              ]}
            />
            <Timeline
              label={`What has happened, ${theme}`}
              steps={[
                { title: 'You asked for the stay', detail: '3 May, 09:12' },
                { title: 'The host confirmed it' },
              ]}
            />
          </>
        )}
      </Both>
      <Both title="Countdowns" note="Days, minutes, the last seconds, and over.">
        {() => <Countdowns />}
      </Both>
    </>
  );
}

const lengths = [3 * 86_400_000, 5 * 3_600_000, 14 * 60_000, 20_000, -1000];

function Countdowns() {
  const [from] = useState(() => Date.now());
  return lengths.map((length) => (
    <p key={length}>
      <Countdown until={from + length} spoken={false} />
    </p>
  ));
}
