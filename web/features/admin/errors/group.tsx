import { dataOf } from '@/lib/api/failure';
import { api } from '@/lib/api/server';
import type { ErrorGroup } from '@/lib/api/types';
import { formatDistance, formatInstant, plural } from '@/lib/dates';
import { paths } from '@/lib/paths';
import { here, requireUser } from '@/lib/session';
import { Card, Facts, PageHeader, Stack } from '@/ui/layout';

import { Back, Code, Mono, Section } from '../shared/parts';
import { people, Person } from '../shared/people';
import { needed } from '../shared/read';
import styles from '../shared/shared.module.css';
import { errorSources } from '../shared/words';
import { ErrorBadge } from './errors';
import { ResolveGroup } from './resolve';

/** One group of errors: how often, since when, in which releases, and the newest of them as a sample. */
export async function GroupDetail({ id }: { id: string }) {
  await requireUser(await here(), 'admin');
  const client = await api();
  const group = await needed(
    dataOf(client.GET('/admin/errors/{error_id}', { params: { path: { error_id: id } } })),
  );
  const { sample } = group;
  return (
    <>
      <Back href={paths.errors()}>Errors</Back>
      <PageHeader
        title={<span className={styles.long}>{group.message}</span>}
        lead={
          <>
            <ErrorBadge group={group} /> {errorSources[group.source]}, {group.kind},{' '}
            {plural(group.count, 'time')}
          </>
        }
        actions={group.status === 'open' && <ResolveGroup id={group.id} />}
      />
      <div className={styles.columns}>
        <Stack gap={6}>
          <Section title="Where">
            <Code label="The place">{group.place}</Code>
          </Section>
          <Section title="The last of them">
            <Facts
              items={[
                ['Route', <Mono key="route">{sample.route}</Mono>],
                ['Request', <Mono key="request">{sample.request_id ?? '–'}</Mono>],
                ['Trace', <Mono key="trace">{sample.trace_id ?? '–'}</Mono>],
              ]}
            />
            {sample.stack ? (
              <Code label="The stack">{sample.stack.trimEnd()}</Code>
            ) : (
              <p className={styles.soft}>Only panics have a stack.</p>
            )}
          </Section>
        </Stack>
        <Card>
          <Facts items={[...seen(group), ...(await resolution(group))]} />
        </Card>
      </div>
    </>
  );
}

function seen(group: ErrorGroup): [string, React.ReactNode][] {
  return [
    ['Times', group.count.toLocaleString('en')],
    ['First seen', `${formatInstant(group.first_seen)} UTC`],
    ['in release', group.first_release || '–'],
    ['Last seen', `${formatInstant(group.last_seen)} UTC, ${formatDistance(group.last_seen)}`],
    ['in release', group.release || '–'],
    ['Id', <Mono key="id">{group.id}</Mono>],
  ];
}

async function resolution({ resolved_at, resolved_by }: ErrorGroup): Promise<[string, React.ReactNode][]> {
  if (!resolved_at) return [];
  const when: [string, React.ReactNode] = ['Resolved', `${formatInstant(resolved_at)} UTC`];
  if (!resolved_by) return [when];
  return [when, ['By', <Person key="by" id={resolved_by} known={await people([resolved_by])} />]];
}
