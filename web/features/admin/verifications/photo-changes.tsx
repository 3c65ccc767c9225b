import type { FieldDiff, Photo } from '@/lib/api/types';
import { Badge } from '@/ui/badge';
import { Picture } from '@/ui/picture';

import { Pair } from './pair';
import styles from './verifications.module.css';

type Diff = NonNullable<FieldDiff['photos']>;

/** The photos before and after, each with what becomes of it. */
export function PhotoChanges({
  before,
  after,
  diff,
}: {
  before: Photo[];
  after: Photo[];
  diff: Diff | undefined;
}) {
  return (
    <>
      <p className={styles.soft}>{summary(diff)}</p>
      <Pair
        before={
          <Photos
            list={before}
            marks={(photo) => (diff?.removed.includes(photo.upload_id) ? ['Removed'] : [])}
          />
        }
        after={<Photos list={after} marks={(photo) => marksOf(photo.upload_id, diff)} before={before} />}
      />
    </>
  );
}

function summary(diff: Diff | undefined): string {
  const parts = [
    [diff?.added.length ?? 0, 'added'],
    [diff?.removed.length ?? 0, 'removed'],
    [diff?.moved.length ?? 0, 'moved'],
    [diff?.captions.length ?? 0, 'with other words'],
  ].filter(([count]) => count);
  return parts.length > 0
    ? `${parts.map(([count, what]) => `${count} ${what}`).join(', ')}.`
    : 'The same photos.';
}

function marksOf(id: string, diff: Diff | undefined): string[] {
  const marks: string[] = [];
  if (diff?.added.includes(id)) marks.push('Added');
  const move = diff?.moved.find(({ upload_id }) => upload_id === id);
  if (move) marks.push(`Moved from ${move.from + 1} to ${move.to + 1}`);
  if (diff?.captions.includes(id)) marks.push('Other words');
  return marks;
}

function Photos({
  list,
  marks,
  before,
}: {
  list: Photo[];
  marks: (photo: Photo) => string[];
  before?: Photo[];
}) {
  if (list.length === 0) return <p className={styles.soft}>None</p>;
  return (
    <ol role="list" className={styles.small}>
      {list.map((photo, index) => {
        const said = marks(photo);
        const was = before?.find(({ upload_id }) => upload_id === photo.upload_id);
        const reworded =
          was && (was.caption !== photo.caption || was.alt_text !== photo.alt_text) ? was : null;
        return (
          <li key={photo.upload_id} data-changed={said.length > 0 || undefined}>
            <Picture source={photo} sizes="14rem" />
            <p>
              <span className="numeric">{index + 1}</span>{' '}
              {said.map((mark) => (
                <Badge key={mark} tone={tones[mark] ?? 'info'}>
                  {mark}
                </Badge>
              ))}
            </p>
            <Words photo={photo} was={reworded} />
          </li>
        );
      })}
    </ol>
  );
}

const tones: Record<string, 'good' | 'bad'> = { Added: 'good', Removed: 'bad' };

function Words({ photo, was }: { photo: Photo; was: Photo | null }) {
  if (!was) return photo.caption ? <p className={styles.soft}>{photo.caption}</p> : null;
  return (
    <>
      {was.caption !== photo.caption && <Reworded what="Caption" was={was.caption} is={photo.caption} />}
      {was.alt_text !== photo.alt_text && (
        <Reworded what="For screen readers" was={was.alt_text} is={photo.alt_text} />
      )}
    </>
  );
}

function Reworded({ what, was, is }: { what: string; was: string; is: string }) {
  return (
    <p className={styles.soft}>
      {what}: {was && <del>{was}</del>} {is && <ins>{is}</ins>}
    </p>
  );
}
