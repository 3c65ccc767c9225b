'use client';

import { formatRange } from '@/lib/dates';
import { paths } from '@/lib/paths';
import { ButtonLink } from '@/ui/button';
import type { StayRange } from '@/ui/calendar/stay';
import { Notice } from '@/ui/notice';

import { useStay } from './stay-context';

/** Why the chosen stay cannot be had, with the nearest dates that can, one press away: links, which lead there without JavaScript, too. */
export function Problem({ listingId }: { listingId: string }) {
  const { stay, guests, price, pricing, setStay, again } = useStay();
  const problem = price?.problem;
  if (!stay || pricing || !problem) return null;
  const { code, sentences, nearest } = problem;
  const address = ({ start, end }: StayRange) =>
    paths.listing(listingId, { check_in: start, check_out: end, guests });
  return (
    <Notice
      tone={problem.again ? 'bad' : 'warning'}
      title={code === 'dates_taken' ? 'These nights are taken' : undefined}
      actions={
        <>
          {nearest.map((other) => (
            <ButtonLink
              key={other.start}
              href={address(other)}
              prefetch={false}
              size="small"
              onClick={(event) => {
                event.preventDefault();
                setStay(other);
              }}
            >
              {formatRange(other.start, other.end)}
            </ButtonLink>
          ))}
          {problem.again && (
            <ButtonLink
              href={address(stay)}
              prefetch={false}
              size="small"
              onClick={(event) => {
                event.preventDefault();
                again();
              }}
            >
              Try again
            </ButtonLink>
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
