import { dataOf } from '@/lib/api/failure';
import { api } from '@/lib/api/server';
import type { DeadLetter } from '@/lib/api/types';
import { formatInstant } from '@/lib/dates';
import { paths } from '@/lib/paths';
import { here, requireUser } from '@/lib/session';
import { Badge } from '@/ui/badge';
import { Card, Facts, PageHeader, Row, Stack } from '@/ui/layout';
import { Notice } from '@/ui/notice';

import { mayAct } from '../shared/may';
import { Back, Code, Mono, Section } from '../shared/parts';
import { people, Person } from '../shared/people';
import { needed } from '../shared/read';
import styles from '../shared/shared.module.css';
import { letterStatuses } from '../shared/words';
import { DiscardLetter, RetryLetter } from './act';
import { letterTones } from './tones';

/** One dead letter: what the event was, why it was refused, and what can be done. */
export async function LetterDetail({ id }: { id: string }) {
  const user = await requireUser(await here(), 'admin', 'support');
  const client = await api();
  const params = { path: { dead_letter_id: id } };
  const letter = await needed(dataOf(client.GET('/admin/dead-letters/{dead_letter_id}', { params })));
  const acts = mayAct(user.role);
  return (
    <>
      <Back href={paths.deadLetters()}>Dead letters</Back>
      <PageHeader
        title={<Mono>{letter.type}</Mono>}
        lead={
          <>
            <Badge tone={letterTones[letter.status]}>{letterStatuses[letter.status]}</Badge> refused by{' '}
            {letter.group}
          </>
        }
        actions={
          acts &&
          letter.status === 'open' && (
            <Row>
              <DiscardLetter id={letter.id} />
              {letter.retriable && <RetryLetter id={letter.id} group={letter.group} />}
            </Row>
          )
        }
      />
      <div className={styles.columns}>
        <Stack gap={6}>
          {!letter.retriable && letter.status === 'open' && (
            <Notice tone="warning">
              What was kept is not the event itself: it can be discarded, but not sent again.
            </Notice>
          )}
          <Section title="What went wrong">
            <Code label="The error">{letter.error}</Code>
          </Section>
          <Section title="The event">
            {letter.payload === undefined ? (
              <p className={styles.soft}>Its payload was not kept.</p>
            ) : (
              <Code label="The payload">{JSON.stringify(letter.payload, null, 2)}</Code>
            )}
          </Section>
        </Stack>
        <Card>
          <Facts items={[...facts(letter), ...(await resolution(letter, acts))]} />
        </Card>
      </div>
    </>
  );
}

function facts(letter: DeadLetter): [string, React.ReactNode][] {
  return [
    ['Happened', `${formatInstant(letter.occurred_at)} UTC`],
    ['Refused', `${formatInstant(letter.created_at)} UTC`],
    ['Tries', letter.attempts],
    ['Topic', letter.topic],
    ['Key', <Mono key="key">{letter.key || '–'}</Mono>],
    ['Event id', <Mono key="event">{letter.event_id}</Mono>],
    ['Request', <Mono key="request">{letter.request_id || '–'}</Mono>],
  ];
}

async function resolution(
  { status, reason, resolved_at, resolved_by }: DeadLetter,
  names: boolean,
): Promise<[string, React.ReactNode][]> {
  if (!resolved_at) return [];
  const out: [string, React.ReactNode][] = [[letterStatuses[status], `${formatInstant(resolved_at)} UTC`]];
  if (resolved_by) {
    const who = names ? (
      <Person id={resolved_by} known={await people([resolved_by])} />
    ) : (
      <Mono>{resolved_by}</Mono>
    );
    out.push(['By', who]);
  }
  if (reason) out.push(['Because', reason]);
  return out;
}
