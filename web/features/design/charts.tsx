import { Chart, type ChartPlace } from '@/ui/chart/chart';

import { Both } from './both';

const week = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];
const days: ChartPlace[] = week.map((short, i) => ({ name: `${short} ${i + 3} May 2027`, short }));
const month: ChartPlace[] = Array.from({ length: 30 }, (_, i) => ({
  name: `${i + 1} May 2027`,
  short: `${i + 1} May`,
}));
const wave = (size: number, shift: number) =>
  month.map((_, i) => Math.round(size * (1 + Math.sin((i + shift) / 3))));

/** Charts: of one and of several series, of few and of many places, and of nothing. */
export function Charts() {
  return (
    <Both
      title="Charts"
      note="Point at a chart, or use the arrow keys, to read a place; the table says the same."
    >
      {(theme) => (
        <>
          <Chart
            title={`Bookings, ${theme}`}
            kind="bar"
            places={days}
            series={[{ name: 'Made', values: [12, 9, 14, 11, 21, 30, 18] }]}
          />
          <Chart
            title={`Bookings and what became of them, ${theme}`}
            kind="bar"
            places={days}
            series={[
              { name: 'Made', values: [12, 9, 14, 11, 21, 30, 18] },
              { name: 'Confirmed', values: [8, 9, 10, 7, 16, 22, 15] },
              { name: 'Cancelled', values: [1, 0, 2, 0, 3, 4, 1] },
            ]}
          />
          <Chart
            title={`Searches, ${theme}`}
            kind="line"
            places={month}
            series={[
              { name: 'With dates', values: wave(900, 0) },
              { name: 'Without', values: wave(300, 4) },
            ]}
          />
          <Chart
            title={`A quiet week, ${theme}`}
            kind="bar"
            places={days}
            series={[{ name: 'Made', values: [0, 0, 0, 0, 0, 0, 0] }]}
          />
        </>
      )}
    </Both>
  );
}
