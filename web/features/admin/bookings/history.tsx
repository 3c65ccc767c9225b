import type { BookingChange } from '@/lib/api/types';
import { formatInstant } from '@/lib/dates';

import { BookingBadge } from '../shared/parts';
import styles from '../shared/shared.module.css';

const actors: Record<BookingChange['actor_role'], string> = {
  guest: 'by the guest',
  host: 'by the host',
  admin: 'by Rentora',
  system: 'by itself',
};

/** Every change of a booking's state, oldest first, on the clock of the place. */
export function History({ changes, zone }: { changes: BookingChange[]; zone: string }) {
  return (
    <ol role="list" className={styles.history}>
      {changes.map((change, index) => (
        <li key={index}>
          <div>
            <BookingBadge status={change.to_status} /> {actors[change.actor_role]}
            {change.reason && <p>{change.reason}</p>}
          </div>
          <time dateTime={change.at} className={styles.soft}>
            {formatInstant(change.at, zone)}
          </time>
        </li>
      ))}
    </ol>
  );
}
