import { Coffee } from 'lucide-react';

import { open } from '@/lib/api/failure';
import { api } from '@/lib/api/server';
import { plural } from '@/lib/dates';
import { paths } from '@/lib/paths';
import { here, requireUser } from '@/lib/session';
import { ButtonLink } from '@/ui/button';
import { PageHeader } from '@/ui/layout';
import { Notice, State } from '@/ui/notice';

import { one, type Search } from '../shared/query';
import { needed } from '../shared/read';
import { Detail } from './detail';
import { QueueList } from './list';
import { choose } from './read';
import styles from './verifications.module.css';

const size = 20;

/** What waits for verification, longest waiting first, with one of them open beside the list. */
export async function Queue({ search }: { search: Search }) {
  await requireUser(await here(), 'admin');
  const cursor = one(search, 'cursor');
  const client = await api();
  const { data: list, page } = await needed(
    open(client.GET('/admin/verifications', { params: { query: { cursor, limit: size } } })),
  );
  const chosen = choose(list, one(search, 'id'), cursor);
  if (!chosen) return <Empty later={cursor !== undefined} />;
  return (
    <>
      <PageHeader
        title="Verifications"
        lead={`${plural(list.length, 'waits', 'wait')}${page?.next ? ' on this page, more behind it' : ''}, the longest waiting first.`}
      />
      {chosen.missed && (
        <div className={styles.missed}>
          <Notice tone="info">
            The one that you had open does not wait any more. This is the first of those that do.
          </Notice>
        </div>
      )}
      <div className={styles.queue}>
        <QueueList list={list} chosen={chosen.verification.id} cursor={cursor} page={page} />
        <Detail chosen={chosen} place={`${chosen.index + 1} of ${list.length}${page?.next ? '+' : ''}`} />
      </div>
    </>
  );
}

function Empty({ later }: { later: boolean }) {
  return (
    <State
      level={1}
      icon={<Coffee aria-hidden="true" />}
      title={later ? 'Nothing waits on this page' : 'Nothing waits'}
      actions={
        later ? (
          <ButtonLink href={paths.verifications()} variant="primary">
            To the start of the queue
          </ButtonLink>
        ) : (
          <ButtonLink href={paths.verifications()}>Look again</ButtonLink>
        )
      }
    >
      {later
        ? 'What was here has been decided on. What waits longest stands at the start of the queue.'
        : 'Every listing and every change has been looked at. New ones appear here as soon as hosts hand them in.'}
    </State>
  );
}
