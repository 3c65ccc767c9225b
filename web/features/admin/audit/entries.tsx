import Link from 'next/link';

import type { Account, AuditEntry } from '@/lib/api/types';
import { Table } from '@/ui/layout';

import { targetAddress } from '../shared/links';
import { Mono } from '../shared/parts';
import { Person } from '../shared/people';
import styles from '../shared/shared.module.css';
import { When } from '../shared/when';
import { targets } from '../shared/words';
import { deed, humane, type Line, lines } from './changes';

/** Entries of the audit log: when, who did what to which thing, and what it changed. */
export function Entries({
  label,
  entries,
  known,
}: {
  label: string;
  entries: AuditEntry[];
  known: Map<string, Account>;
}) {
  return (
    <Table label={label}>
      <thead>
        <tr>
          <th scope="col">When (UTC)</th>
          <th scope="col">Who did what</th>
          <th scope="col">To which</th>
          <th scope="col">What changed</th>
        </tr>
      </thead>
      <tbody>
        {entries.map((entry) => (
          <tr key={entry.id}>
            <td>
              <When at={entry.at} />
            </td>
            <td className={styles.main}>
              {entry.actor_id ? <Person id={entry.actor_id} known={known} /> : <strong>The system</strong>}{' '}
              {deed(entry.action)}
              <br />
              <span className={styles.soft}>
                as {entry.actor_role}
                {entry.address && (
                  <>
                    , from <Mono>{entry.address}</Mono>
                  </>
                )}
              </span>
            </td>
            <td>
              <Target entry={entry} known={known} />
            </td>
            <td className={styles.main}>
              <Diff all={lines(entry.diff)} />
              {entry.request_id && (
                <span className={styles.soft}>
                  Request <Mono>{entry.request_id}</Mono>
                </span>
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}

function Target({
  entry: { target_type: type, target_id: id },
  known,
}: {
  entry: AuditEntry;
  known: Map<string, Account>;
}) {
  const name = targets[type] ?? humane(type);
  const address = targetAddress(type, id);
  const text = (id && known.get(id)?.name) || (id && <Mono>{id.slice(0, 8)}…</Mono>);
  return (
    <span className={styles.nowrap}>
      {name} {address ? <Link href={address}>{text}</Link> : text}
    </span>
  );
}

function Diff({ all }: { all: Line[] }) {
  if (all.length === 0) return null;
  return (
    <ul role="list" className={styles.lines}>
      {all.map((line, index) => (
        <li key={index}>
          <span className={styles.soft}>{line.name}:</span>{' '}
          {'text' in line ? (
            line.text
          ) : (
            <>
              <del>{line.from}</del> <span aria-hidden="true">→</span> <ins>{line.to}</ins>
            </>
          )}
        </li>
      ))}
    </ul>
  );
}
