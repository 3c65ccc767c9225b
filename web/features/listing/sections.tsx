import { BadgeCheck, CalendarClock, KeyRound, Laptop, Zap } from 'lucide-react';
import type { ReactNode } from 'react';

import type { Listing } from '@/lib/api/types';
import { amenities as words, policies } from '@/lib/labels';
import { policySentences } from '@/lib/cancellation';

import { amenityIcons, grouped } from './amenity-groups';
import styles from './listing.module.css';

/** A part of the page with its heading. */
export function Section({ id, title, children }: { id: string; title: ReactNode; children: ReactNode }) {
  return (
    <section aria-labelledby={id} className={styles.section}>
      <h2 id={id}>{title}</h2>
      {children}
    </section>
  );
}

/** What makes the place easy to choose, in at most four lines. */
export function Highlights({ listing }: { listing: Listing }) {
  const has = new Set<string>(listing.amenities);
  const lines = [
    listing.booking_mode === 'instant' && {
      Icon: Zap,
      title: 'Booked at once',
      text: 'Your stay is confirmed the moment you book.',
    },
    has.has('self_check_in') && {
      Icon: KeyRound,
      title: 'Let yourself in',
      text: 'Arrive when it suits you, without an appointment.',
    },
    has.has('workspace') &&
      has.has('wifi') && { Icon: Laptop, title: 'Good for working', text: 'A desk of your own, with Wi-Fi.' },
    {
      Icon: CalendarClock,
      title: `${policies[listing.cancellation_policy]} cancellation`,
      text: policySentences[listing.cancellation_policy],
    },
    listing.booking_mode === 'request' && {
      Icon: BadgeCheck,
      title: 'The host answers within 24 hours',
      text: 'Until then the nights are held for you.',
    },
  ].filter((line) => line !== false);
  return (
    <ul role="list" className={styles.highlights}>
      {lines.map(({ Icon, title, text }) => (
        <li key={title}>
          <Icon size={24} aria-hidden="true" />
          <div>
            <p className={styles.strong}>{title}</p>
            <p className={styles.soft}>{text}</p>
          </div>
        </li>
      ))}
    </ul>
  );
}

const fold = 700; // characters that are shown at once

/** The host's own words; the rest of long ones is one press away. */
export function Description({ text }: { text: string }) {
  const cut = text.length > fold * 1.3 ? text.lastIndexOf('\n', fold) : -1;
  const at = cut > fold / 3 ? cut : text.length > fold * 1.3 ? text.lastIndexOf('. ', fold) + 1 : text.length;
  const rest = text.slice(at).trim();
  return (
    <div className={styles.text}>
      <p>{text.slice(0, at).trim()}</p>
      {rest && (
        <details>
          <summary>Read on</summary>
          <p>{rest}</p>
        </details>
      )}
    </div>
  );
}

export function Amenities({ amenities }: { amenities: Listing['amenities'] }) {
  return (
    <div className={styles.groups}>
      {grouped(amenities).map((group) => (
        <div key={group.name} className={styles.group}>
          <h3>{group.name}</h3>
          <ul role="list">
            {group.amenities.map((amenity) => {
              const Icon = amenityIcons[amenity] ?? BadgeCheck;
              return (
                <li key={amenity}>
                  <Icon size={20} aria-hidden="true" />
                  {words[amenity] ?? amenity}
                </li>
              );
            })}
          </ul>
        </div>
      ))}
    </div>
  );
}
