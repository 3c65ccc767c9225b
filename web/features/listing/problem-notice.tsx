'use client';

import { formatRange } from '@/lib/dates';
import { Button } from '@/ui/button';
import { Notice } from '@/ui/notice';

import { useStay } from './stay-context';

/** Why the chosen stay cannot be had, with the nearest dates that can, one press away. */
export function Problem() {
  const { stay, price, pricing, setStay, again } = useStay();
  const problem = price?.problem;
  if (!stay || pricing || !problem) return null;
  const { code, sentences, nearest } = problem;
  return (
    <Notice
      tone={problem.again ? 'bad' : 'warning'}
      title={code === 'dates_taken' ? 'These nights are taken' : undefined}
      actions={
        <>
          {nearest.map((other) => (
            <Button key={other.start} size="small" onClick={() => setStay(other)}>
              {formatRange(other.start, other.end)}
            </Button>
          ))}
          {problem.again && (
            <Button size="small" onClick={again}>
              Try again
            </Button>
          )}
        </>
      }
    >
      {code === 'dates_taken' ? (
        <p>
          {nearest.length > 0
            ? 'Somebody was quicker. As many nights are free near them:'
            : 'Nothing of this length is free nearby. A shorter stay may be.'}
        </p>
      ) : (
        sentences.map((sentence) => <p key={sentence}>{sentence}</p>)
      )}
    </Notice>
  );
}
