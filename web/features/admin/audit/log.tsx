import { ScrollText } from 'lucide-react';

import { isFailure, open } from '@/lib/api/failure';
import { api } from '@/lib/api/server';
import { plural } from '@/lib/dates';
import { paths } from '@/lib/paths';
import { here, requireUser } from '@/lib/session';
import { ButtonLink } from '@/ui/button';
import { SelectField, TextField } from '@/ui/field';
import { PageHeader } from '@/ui/layout';
import { Notice, State } from '@/ui/notice';

import { FilterForm } from '../shared/filter-form';
import { Count, ListPages } from '../shared/parts';
import { people } from '../shared/people';
import { keys, one, oneOf, type Search } from '../shared/query';
import { listed } from '../shared/read';
import { targets } from '../shared/words';
import { Entries } from './entries';

/** Who did what to which thing: everything that was ever written down, newest first. */
export async function AuditLog({ search }: { search: Search }) {
  await requireUser(await here(), 'admin');
  const filters = {
    target_type: oneOf(search, 'target_type', keys(targets)),
    target_id: one(search, 'target_id'),
    actor_id: one(search, 'actor_id'),
  };
  const client = await api();
  const query = { ...filters, cursor: one(search, 'cursor') };
  const got = await listed(open(client.GET('/admin/audit-log', { params: { query } })));
  const wrong = (name: string) => (isFailure(got) ? got.field(name) : null);
  return (
    <>
      <PageHeader title="Audit log" lead="Nothing here can be changed or removed." />
      <FilterForm action={paths.auditLog()} label="Audit log" values={filters} submit="Show">
        <SelectField label="About" name="target_type" defaultValue={filters.target_type ?? ''}>
          <option value="">Everything</option>
          {keys(targets).map((type) => (
            <option key={type} value={type}>
              {targets[type]}s
            </option>
          ))}
        </SelectField>
        <TextField
          label="Id of the thing"
          name="target_id"
          maxLength={36}
          spellCheck={false}
          autoComplete="off"
          defaultValue={filters.target_id}
          error={wrong('target_id')}
        />
        <TextField
          label="Id of who did it"
          name="actor_id"
          maxLength={36}
          spellCheck={false}
          autoComplete="off"
          defaultValue={filters.actor_id}
          error={wrong('actor_id')}
        />
      </FilterForm>
      {isFailure(got) ? (
        <Notice tone="bad">{got.message}</Notice>
      ) : got.data.length === 0 ? (
        <State
          icon={<ScrollText aria-hidden="true" />}
          title="No entry is like this"
          actions={<ButtonLink href={paths.auditLog()}>Show all entries</ButtonLink>}
        >
          Entries are written by what staff do, and by what matters for the safety of an account.
        </State>
      ) : (
        <>
          <Count>{plural(got.data.length, 'entry', 'entries')} on this page, newest first.</Count>
          <Entries
            label="Entries"
            entries={got.data}
            known={await people(got.data.flatMap((entry) => [entry.actor_id, userOf(entry)]))}
          />
          <ListPages path={paths.auditLog()} filters={filters} page={got.page} />
        </>
      )}
    </>
  );
}

/** The account that an entry is about, if it is about one. */
export function userOf({
  target_type,
  target_id,
}: {
  target_type: string;
  target_id?: string;
}): string | undefined {
  return target_type === 'user' ? target_id : undefined;
}
