import type { FieldDiff, Listing, Verification } from '@/lib/api/types';
import { propertyTypes, roomTypes } from '@/lib/labels';
import { mapStyle } from '@/lib/map-style';

import { diffFields } from '../shared/words';
import { coordinates, length, metres } from './distance';
import { Pair } from './pair';
import { PhotoChanges } from './photo-changes';
import { Place } from './place';
import { photosOf } from './read';
import styles from './verifications.module.css';
import { compare, type Run } from './words';

/** What a change changes, the approved version and the proposed one side by side. */
export function Changes({ verification }: { verification: Verification }) {
  return (
    <section aria-labelledby="changes" className={styles.section}>
      <h3 id="changes">What changes</h3>
      <div className={styles.changes}>
        {verification.diff.map((one) => (
          <section key={one.field} aria-label={diffFields[one.field]} className={styles.change}>
            <h4>{diffFields[one.field]}</h4>
            <Sides one={one} />
          </section>
        ))}
      </div>
    </section>
  );
}

function Sides({ one }: { one: FieldDiff }) {
  if (one.field === 'photos') {
    return <PhotoChanges before={photosOf(one.before)} after={photosOf(one.after)} diff={one.photos} />;
  }
  if (one.field === 'location') {
    return <Location before={one.before as Listing['location']} after={one.after as Listing['location']} />;
  }
  const sides = compare(said(one.field, one.before), said(one.field, one.after));
  return (
    <Pair before={<Marked runs={sides.before} as="del" />} after={<Marked runs={sides.after} as="ins" />} />
  );
}

function Marked({ runs, as: Mark }: { runs: Run[]; as: 'del' | 'ins' }) {
  if (runs.length === 0) return <p className={styles.soft}>Empty</p>;
  return (
    <p className={styles.prose}>
      {runs.map(({ text, changed }, index) => (changed ? <Mark key={index}>{text}</Mark> : text))}
    </p>
  );
}

function Location({ before, after }: { before: Listing['location']; after: Listing['location'] }) {
  return (
    <>
      <Pair
        before={<p className="numeric">{coordinates(before)}</p>}
        after={
          <p className="numeric">
            <ins>{coordinates(after)}</ins> · {length(metres(before, after))} away
          </p>
        }
      />
      <Place
        mapStyle={mapStyle()}
        label="The place before and after"
        points={[
          { id: 'before', ...before, label: 'Live now' },
          { id: 'after', ...after, label: 'Proposed' },
        ]}
      />
    </>
  );
}

// A value in words: they are compared as people read them.
function said(field: FieldDiff['field'], value: unknown): string {
  if (field === 'property_type') return propertyTypes[value as Listing['property_type']] ?? String(value);
  if (field === 'room_type') return roomTypes[value as Listing['room_type']] ?? String(value);
  if (field === 'address') {
    const { line, postal_code, city, region, country_code } = value as Listing['address'];
    return [line, [postal_code, city].filter(Boolean).join(' '), region, country_code]
      .filter(Boolean)
      .join(', ');
  }
  return String(value ?? '');
}
