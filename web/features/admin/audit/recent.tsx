import Link from 'next/link';

import { isFailure, open } from '@/lib/api/failure';
import { api } from '@/lib/api/server';
import { paths } from '@/lib/paths';

import { Missing, Quiet, Section } from '../shared/parts';
import { people } from '../shared/people';
import { tried } from '../shared/read';
import { Entries } from './entries';
import { userOf } from './log';

/** The newest entries of the audit log about one thing or one person, with the way to all of them. */
export async function RecentEntries({
  title,
  query,
}: {
  title: string;
  query: { target_id?: string; actor_id?: string };
}) {
  const client = await api();
  const got = await tried(
    open(client.GET('/admin/audit-log', { params: { query: { ...query, limit: 5 } } })),
  );
  if (isFailure(got)) return <Missing what={title} failure={got} />;
  return (
    <Section title={title} more={got.page?.next && <Link href={paths.auditLog(query)}>All entries</Link>}>
      {got.data.length === 0 ? (
        <Quiet>The audit log has nothing.</Quiet>
      ) : (
        <Entries
          label={title}
          entries={got.data}
          known={await people(got.data.flatMap((entry) => [entry.actor_id, userOf(entry)]))}
        />
      )}
    </Section>
  );
}
