import { paths } from '@/lib/paths';
import { Card, Facts, Pages, Stack, Table, Tabs } from '@/ui/layout';
import { Loading, Skeleton } from '@/ui/skeleton';

import { Both, type Theme } from './both';

const rows = [
  ['Lake cabin', '14 – 17 May 2027', '€320'],
  ['Loft in Porto', '2 – 9 Jun 2027', '€1,120'],
];

/** What pages are made of. */
export function Structure() {
  return (
    <>
      <Both title="Cards, facts and tabs">{(theme) => <Parts theme={theme} />}</Both>
      <Both title="Tables and pages">
        {(theme) => (
          <>
            <Table label={`Trips, ${theme}`}>
              <thead>
                <tr>
                  <th scope="col">Stay</th>
                  <th scope="col">Dates</th>
                  <th scope="col">Total</th>
                </tr>
              </thead>
              <tbody>
                {rows.map(([stay, dates, total]) => (
                  <tr key={stay}>
                    <td>{stay}</td>
                    <td>{dates}</td>
                    <td className="numeric">{total}</td>
                  </tr>
                ))}
              </tbody>
            </Table>
            <Pages label={`Pages, ${theme}`} previous={`${paths.design()}?a`} next={`${paths.design()}?b`} />
          </>
        )}
      </Both>
      <Both title="Skeletons">
        {(theme) => (
          <Loading label={`A sample is loading, ${theme}`}>
            <Stack gap={2}>
              <Skeleton height="10rem" radius="var(--radius-m)" />
              <Skeleton width="60%" height="1.25rem" />
              <Skeleton width="40%" />
            </Stack>
          </Loading>
        )}
      </Both>
    </>
  );
}

function Parts({ theme }: { theme: Theme }) {
  return (
    <>
      <Tabs
        label={`Sample, ${theme}`}
        items={[
          { href: paths.design(), label: 'Upcoming', current: true },
          { href: `${paths.design()}?past`, label: 'Past', current: false },
        ]}
      />
      <Card>
        <Facts
          items={[
            ['Check-in', 'Fri 14 May, from 15:00'],
            ['Check-out', 'Mon 17 May, until 11:00'],
            ['Guests', '2'],
          ]}
        />
      </Card>
    </>
  );
}
