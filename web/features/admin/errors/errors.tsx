import { BugOff } from 'lucide-react';
import Link from 'next/link';

import { isFailure, open } from '@/lib/api/failure';
import { api } from '@/lib/api/server';
import type { ErrorGroup } from '@/lib/api/types';
import { plural } from '@/lib/dates';
import { paths } from '@/lib/paths';
import { here, requireUser } from '@/lib/session';
import { Badge } from '@/ui/badge';
import { ButtonLink } from '@/ui/button';
import { SelectField } from '@/ui/field';
import { PageHeader, Table } from '@/ui/layout';
import { Notice, State } from '@/ui/notice';

import { FilterForm } from '../shared/filter-form';
import { errorGroup } from '../shared/links';
import { Count, ListPages, Mono } from '../shared/parts';
import { keys, one, oneOf, type Search } from '../shared/query';
import { listed } from '../shared/read';
import styles from '../shared/shared.module.css';
import { When } from '../shared/when';
import { errorSources, errorStatuses } from '../shared/words';

/** What went wrong inside, grouped by its cause. */
export async function Errors({ search }: { search: Search }) {
  await requireUser(await here(), 'admin');
  const filters = {
    status: oneOf(search, 'status', keys(errorStatuses)),
    source: oneOf(search, 'source', keys(errorSources)),
  };
  const client = await api();
  const query = { ...filters, cursor: one(search, 'cursor') };
  const got = await listed(open(client.GET('/admin/errors', { params: { query } })));
  return (
    <>
      <PageHeader
        title="Errors"
        lead="Panics and internal errors, grouped by their cause. One that is seen again opens again by itself."
      />
      <FilterForm action={paths.errors()} label="Errors" values={filters} submit="Show">
        <SelectField label="State" name="status" defaultValue={filters.status ?? ''}>
          <option value="">Every state</option>
          {keys(errorStatuses).map((status) => (
            <option key={status} value={status}>
              {errorStatuses[status]}
            </option>
          ))}
        </SelectField>
        <SelectField label="Where" name="source" defaultValue={filters.source ?? ''}>
          <option value="">Everywhere</option>
          {keys(errorSources).map((source) => (
            <option key={source} value={source}>
              {errorSources[source]}
            </option>
          ))}
        </SelectField>
      </FilterForm>
      {isFailure(got) ? (
        <Notice tone="bad">{got.message}</Notice>
      ) : got.data.length === 0 ? (
        <Nothing filtered={Object.values(filters).some(Boolean)} />
      ) : (
        <>
          <Count>{plural(got.data.length, 'group')} on this page, newest first. Times are in UTC.</Count>
          <GroupTable groups={got.data} />
          <ListPages path={paths.errors()} filters={filters} page={got.page} />
        </>
      )}
    </>
  );
}

function Nothing({ filtered }: { filtered: boolean }) {
  return (
    <State
      icon={<BugOff aria-hidden="true" />}
      title={filtered ? 'No error is like this' : 'No errors'}
      actions={filtered && <ButtonLink href={paths.errors()}>Show all of them</ButtonLink>}
    >
      {filtered
        ? 'There may be others, in another state or from somewhere else.'
        : 'Nothing went wrong inside in the last 90 days.'}
    </State>
  );
}

function GroupTable({ groups }: { groups: ErrorGroup[] }) {
  return (
    <Table label="Errors">
      <thead>
        <tr>
          <th scope="col">What</th>
          <th scope="col">State</th>
          <th scope="col" className={styles.end}>
            Times
          </th>
          <th scope="col">First seen</th>
          <th scope="col">Last seen</th>
        </tr>
      </thead>
      <tbody>
        {groups.map((group) => (
          <tr key={group.id}>
            <td className={styles.main}>
              <Link href={errorGroup(group.id)}>
                <span className={styles.clamp}>{group.message}</span>
              </Link>
              <span className={styles.soft}>
                {errorSources[group.source]}, {group.kind}, <Mono>{group.place}</Mono>
              </span>
            </td>
            <td>
              <ErrorBadge group={group} />
            </td>
            <td className={styles.end}>{group.count.toLocaleString('en')}</td>
            <td>
              <When at={group.first_seen} />
              <Release name={group.first_release} />
            </td>
            <td>
              <When at={group.last_seen} />
              <Release name={group.release} />
            </td>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}

function Release({ name }: { name: string }) {
  return name ? (
    <>
      <br />
      <span className={styles.soft}>{name}</span>
    </>
  ) : null;
}

/** Whether a group waits for somebody. */
export function ErrorBadge({ group: { status } }: { group: ErrorGroup }) {
  return <Badge tone={status === 'open' ? 'bad' : 'good'}>{errorStatuses[status]}</Badge>;
}
