'use client';

import { policySentences, toldSteps } from '@/lib/cancellation';
import { formatDate } from '@/lib/dates';
import type { CancellationPolicy } from '@/lib/api/types';
import { Timeline } from '@/ui/stay/timeline';

import { useStay } from './stay-context';

type Terms = { policy: CancellationPolicy; checkInFrom: string; zone: string; now: string };

/** What comes back when the guest cancels, in the dates of the chosen stay. */
export function Policy({ policy, checkInFrom, zone, now }: Terms) {
  const { stay, price, pricing } = useStay();
  if (!stay) {
    return (
      <>
        <p>{policySentences[policy]}</p>
        <p>Choose your dates to see the deadlines.</p>
      </>
    );
  }
  const at = new Date(now);
  const told = toldSteps(
    { policy, checkIn: stay.start, checkInFrom, zone, bookedAt: at },
    at,
    pricing ? undefined : price?.quote?.total,
  );
  return (
    <>
      <Timeline
        label="What comes back when you cancel"
        steps={[...told, { title: `Check-in on ${formatDate(stay.start)}, from ${checkInFrom}` }]}
      />
      <p>
        Times are those of the place. Until the host has confirmed a request, cancelling it costs nothing.
      </p>
    </>
  );
}
