import type { Session } from '@/lib/api/types';
import { plural } from '@/lib/dates';
import { Table } from '@/ui/layout';

import { Mono, Quiet, Section } from '../shared/parts';
import styles from '../shared/shared.module.css';
import { When } from '../shared/when';
import { program } from './program';

/** Where an account is signed in. */
export function Sessions({ sessions, more }: { sessions: Session[]; more: boolean }) {
  return (
    <Section
      title="Sessions"
      more={
        <span className={styles.soft}>{more ? 'More than 100' : plural(sessions.length, 'session')}</span>
      }
    >
      {sessions.length === 0 ? (
        <Quiet>This account is signed in nowhere.</Quiet>
      ) : (
        <Table label="Sessions">
          <thead>
            <tr>
              <th scope="col">Program</th>
              <th scope="col">Address</th>
              <th scope="col">Signed in (UTC)</th>
              <th scope="col">Last used (UTC)</th>
            </tr>
          </thead>
          <tbody>
            {sessions.map((session) => (
              <tr key={session.id}>
                <td className={styles.main}>{program(session.user_agent)}</td>
                <td>{session.address ? <Mono>{session.address}</Mono> : '–'}</td>
                <td>
                  <When at={session.created_at} />
                </td>
                <td>
                  <When at={session.last_used_at} />
                </td>
              </tr>
            ))}
          </tbody>
        </Table>
      )}
    </Section>
  );
}
