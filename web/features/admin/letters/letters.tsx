import { MailCheck } from 'lucide-react';
import Link from 'next/link';

import { isFailure, open } from '@/lib/api/failure';
import { api } from '@/lib/api/server';
import type { DeadLetter } from '@/lib/api/types';
import { plural } from '@/lib/dates';
import { paths } from '@/lib/paths';
import { here, requireUser } from '@/lib/session';
import { Badge } from '@/ui/badge';
import { ButtonLink } from '@/ui/button';
import { SelectField, TextField } from '@/ui/field';
import { PageHeader, Table } from '@/ui/layout';
import { Notice, State } from '@/ui/notice';

import { FilterForm } from '../shared/filter-form';
import { deadLetter } from '../shared/links';
import { mayAct } from '../shared/may';
import { Count, ListPages, Mono } from '../shared/parts';
import { keys, one, oneOf, type Search } from '../shared/query';
import { listed } from '../shared/read';
import styles from '../shared/shared.module.css';
import { When } from '../shared/when';
import { letterStatuses } from '../shared/words';
import { RetryAll } from './act';
import { letterTones } from './tones';

/** Events that a handler refused for good: to look at, to send again, to discard. */
export async function DeadLetters({ search }: { search: Search }) {
  const user = await requireUser(await here(), 'admin', 'support');
  const filters = {
    status: oneOf(search, 'status', keys(letterStatuses)),
    group: one(search, 'group'),
    type: one(search, 'type'),
  };
  const client = await api();
  const query = { ...filters, cursor: one(search, 'cursor') };
  const got = await listed(open(client.GET('/admin/dead-letters', { params: { query } })));
  const wrong = (name: string) => (isFailure(got) ? got.field(name) : null);
  const some = !isFailure(got) && got.data.some(({ status, retriable }) => status === 'open' && retriable);
  return (
    <>
      <PageHeader
        title="Dead letters"
        lead="Events that a handler refused for good. Whatever caused it, send them again once it is mended."
        actions={mayAct(user.role) && some && <RetryAll group={filters.group} type={filters.type} />}
      />
      <FilterForm action={paths.deadLetters()} label="Dead letters" values={filters} submit="Show">
        <SelectField label="State" name="status" defaultValue={filters.status ?? ''}>
          <option value="">Every state</option>
          {keys(letterStatuses).map((status) => (
            <option key={status} value={status}>
              {letterStatuses[status]}
            </option>
          ))}
        </SelectField>
        <TextField
          label="Group"
          name="group"
          maxLength={50}
          spellCheck={false}
          defaultValue={filters.group}
          error={wrong('group')}
        />
        <TextField
          label="Event"
          name="type"
          maxLength={100}
          spellCheck={false}
          placeholder="bookings.requested"
          defaultValue={filters.type}
          error={wrong('type')}
        />
      </FilterForm>
      {isFailure(got) ? (
        <Notice tone="bad">{got.message}</Notice>
      ) : got.data.length === 0 ? (
        <Nothing filtered={Object.values(filters).some(Boolean)} />
      ) : (
        <>
          <Count>{plural(got.data.length, 'dead letter')} on this page, newest first.</Count>
          <LetterTable letters={got.data} />
          <ListPages path={paths.deadLetters()} filters={filters} page={got.page} />
        </>
      )}
    </>
  );
}

function Nothing({ filtered }: { filtered: boolean }) {
  return (
    <State
      icon={<MailCheck aria-hidden="true" />}
      title={filtered ? 'No dead letter is like this' : 'No dead letters'}
      actions={filtered && <ButtonLink href={paths.deadLetters()}>Show all of them</ButtonLink>}
    >
      {filtered
        ? 'Groups and events are named exactly, as they stand in the list.'
        : 'Every event was handled.'}
    </State>
  );
}

function LetterTable({ letters }: { letters: DeadLetter[] }) {
  return (
    <Table label="Dead letters">
      <thead>
        <tr>
          <th scope="col">Event</th>
          <th scope="col">What went wrong</th>
          <th scope="col">State</th>
          <th scope="col" className={styles.end}>
            Tries
          </th>
          <th scope="col">Since (UTC)</th>
        </tr>
      </thead>
      <tbody>
        {letters.map((letter) => (
          <tr key={letter.id}>
            <td>
              <Link href={deadLetter(letter.id)}>
                <strong>
                  <Mono>{letter.type}</Mono>
                </strong>
              </Link>
              <br />
              <span className={styles.soft}>refused by {letter.group}</span>
            </td>
            <td className={styles.main}>
              <span className={styles.clamp}>{letter.error}</span>
            </td>
            <td>
              <Badge tone={letterTones[letter.status]}>{letterStatuses[letter.status]}</Badge>
            </td>
            <td className={styles.end}>{letter.attempts}</td>
            <td>
              <When at={letter.created_at} />
            </td>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}
