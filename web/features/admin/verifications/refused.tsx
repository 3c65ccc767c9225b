'use client';

import type { Failure } from '@/lib/api/failure';
import { Button } from '@/ui/button';
import { Notice } from '@/ui/notice';

/** Why a decision was not taken, and what to do about it. */
export function Refused({
  failure,
  onReadAgain,
  onSendBack,
}: {
  failure: Failure;
  onReadAgain: () => void;
  onSendBack?: () => void;
}) {
  if (failure.kind === 'stale') {
    return (
      <Notice
        tone="warning"
        title="It has changed since you looked"
        actions={<Button onClick={onReadAgain}>Read it again</Button>}
      >
        Somebody edited or decided on it meanwhile. Nothing was done; what you wrote is kept.
      </Notice>
    );
  }
  if (failure.code === 'wrong_state') {
    return (
      <Notice
        tone="warning"
        title="It does not wait any more"
        actions={<Button onClick={onReadAgain}>Show the queue as it is</Button>}
      >
        {failure.message}
      </Notice>
    );
  }
  if (failure.code === 'revision_invalid' && onSendBack) {
    return (
      <Notice
        tone="bad"
        title={failure.message}
        actions={<Button onClick={onSendBack}>Send it back with these notes</Button>}
      >
        <ul>
          {failure.fieldErrors.map(({ field, message }) => (
            <li key={field}>{message}</li>
          ))}
        </ul>
      </Notice>
    );
  }
  return <Notice tone="bad">{failure.message}</Notice>;
}
