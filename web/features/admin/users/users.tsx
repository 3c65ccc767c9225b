import { SearchX } from 'lucide-react';
import Link from 'next/link';

import { isFailure, open } from '@/lib/api/failure';
import { api } from '@/lib/api/server';
import type { Account } from '@/lib/api/types';
import { plural } from '@/lib/dates';
import { roles } from '@/lib/labels';
import { paths } from '@/lib/paths';
import { here, requireUser } from '@/lib/session';
import { Badge } from '@/ui/badge';
import { ButtonLink } from '@/ui/button';
import { SelectField, TextField } from '@/ui/field';
import { PageHeader, Table } from '@/ui/layout';
import { Notice, State } from '@/ui/notice';

import { FilterForm } from '../shared/filter-form';
import { Count, ListPages } from '../shared/parts';
import { keys, one, oneOf, type Search } from '../shared/query';
import { listed } from '../shared/read';
import styles from '../shared/shared.module.css';
import { When } from '../shared/when';
import { accountStatuses } from '../shared/words';

/** Accounts, to be found by the beginning of their address or name. */
export async function Users({ search }: { search: Search }) {
  await requireUser(await here(), 'admin');
  const filters = {
    q: one(search, 'q'),
    role: oneOf(search, 'role', keys(roles)),
    status: oneOf(search, 'status', keys(accountStatuses)),
  };
  const client = await api();
  const query = { ...filters, cursor: one(search, 'cursor') };
  const got = await listed(open(client.GET('/admin/users', { params: { query } })));
  return (
    <>
      <PageHeader title="Users" />
      <FilterForm action={paths.users()} label="Users" values={filters}>
        <div className={styles.wide}>
          <TextField
            label="E-mail address or name"
            hint="How it begins"
            name="q"
            type="search"
            maxLength={100}
            defaultValue={filters.q}
            error={isFailure(got) ? got.field('q') : null}
          />
        </div>
        <SelectField label="Role" name="role" defaultValue={filters.role ?? ''}>
          <option value="">Every role</option>
          {keys(roles).map((role) => (
            <option key={role} value={role}>
              {roles[role]}
            </option>
          ))}
        </SelectField>
        <SelectField label="State" name="status" defaultValue={filters.status ?? ''}>
          <option value="">Every state</option>
          {keys(accountStatuses).map((status) => (
            <option key={status} value={status}>
              {accountStatuses[status]}
            </option>
          ))}
        </SelectField>
      </FilterForm>
      {isFailure(got) ? (
        <Notice tone="bad">{got.message}</Notice>
      ) : got.data.length === 0 ? (
        <State
          icon={<SearchX aria-hidden="true" />}
          title="No account is like this"
          actions={<ButtonLink href={paths.users()}>Show all accounts</ButtonLink>}
        >
          The search looks at how the address and the whole name begin: “anna” finds anna@…, not joanna@….
        </State>
      ) : (
        <>
          <Count>{plural(got.data.length, 'account')} on this page, newest first. Times are in UTC.</Count>
          <AccountTable accounts={got.data} />
          <ListPages path={paths.users()} filters={filters} page={got.page} />
        </>
      )}
    </>
  );
}

function AccountTable({ accounts }: { accounts: Account[] }) {
  return (
    <Table label="Accounts">
      <thead>
        <tr>
          <th scope="col">Name</th>
          <th scope="col">Role</th>
          <th scope="col">State</th>
          <th scope="col">Since</th>
        </tr>
      </thead>
      <tbody>
        {accounts.map((account) => (
          <tr key={account.id}>
            <td className={styles.main}>
              <Link href={paths.user(account.id)}>{account.name}</Link>
              <br />
              <span className={styles.soft}>{account.email}</span>
            </td>
            <td>{roles[account.role]}</td>
            <td>
              <AccountBadges account={account} />
            </td>
            <td>
              <When at={account.created_at} />
            </td>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}

/** Whether an account is locked, and whether its address is known to be its owner's. */
export function AccountBadges({ account }: { account: Account }) {
  return (
    <>
      <Badge tone={account.status === 'locked' ? 'bad' : 'good'}>{accountStatuses[account.status]}</Badge>{' '}
      {!account.email_verified && <Badge tone="warning">Address not verified</Badge>}
    </>
  );
}
