'use client';

import { useCallback, useEffect, useMemo, useState } from 'react';

import { api } from '@/lib/api/browser';
import { dataOf } from '@/lib/api/failure';
import { addDays } from '@/lib/dates';
import { StayCalendar } from '@/ui/calendar/range-calendar';
import type { StayDay, StayRange, StayRules } from '@/ui/calendar/stay';
import { Button } from '@/ui/button';
import { Notice } from '@/ui/notice';

import { byDate, stayDays } from './stay-days';

const reach = 730; // days ahead that the API tells about at most
const portion = 365;
const ahead = 62; // so long before its end the next portion is asked for

/** The calendar that can be pressed; more days come as they are turned to. */
export default function LiveCalendar({
  listingId,
  title,
  days,
  rules,
  value,
  onChange,
}: {
  listingId: string;
  title: string;
  days: StayDay[];
  rules: StayRules;
  value: StayRange | null;
  onChange: (stay: StayRange) => void;
}) {
  const end = addDays(rules.today, reach);
  const [seen, see] = useState(value?.end ?? rules.today);
  const [loaded, load] = useState<{ days: StayDay[]; until: string }>({ days, until: rules.today });
  const [failed, fail] = useState(false);
  const { until } = loaded;
  const missing = !failed && until < end && addDays(seen, ahead) > until;

  useEffect(() => {
    if (!missing) return undefined;
    const call = new AbortController();
    const to = addDays(until, portion);
    const query = { from: until, to: to < end ? to : end };
    dataOf(
      api.GET('/listings/{listing_id}/calendar', {
        params: { path: { listing_id: listingId }, query },
        signal: call.signal,
      }),
    )
      .then((more) => load((before) => ({ days: [...before.days, ...stayDays(more)], until: query.to })))
      .catch(() => call.signal.aborted || fail(true));
    return () => call.abort();
  }, [missing, until, end, listingId]);

  const map = useMemo(() => byDate(loaded.days), [loaded.days]);
  const onSee = useCallback((last: string) => see((before) => (last > before ? last : before)), []);
  return (
    <>
      <StayCalendar
        label={`Dates for ${title}`}
        days={map}
        rules={rules}
        value={value}
        onChange={onChange}
        onSee={onSee}
        last={end}
      />
      {failed && (
        <Notice
          tone="bad"
          actions={
            <Button size="small" onClick={() => fail(false)}>
              Try again
            </Button>
          }
        >
          <p>Not all days could be loaded. Those that are shown can be chosen.</p>
        </Notice>
      )}
    </>
  );
}
