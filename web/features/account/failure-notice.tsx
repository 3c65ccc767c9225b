import type { ReactNode } from 'react';

import type { Failure } from '@/lib/api/failure';
import { Notice } from '@/ui/notice';

import { failureWords } from './words';

/** What went wrong with a form as a whole; nothing where its fields, named here, say it all. */
export function FailureNotice({
  failure,
  fields = [],
  actions,
}: {
  failure: Failure | null;
  fields?: string[];
  actions?: ReactNode;
}) {
  if (!failure) return null;
  const beside =
    failure.fieldErrors.length > 0 && failure.fieldErrors.every(({ field }) => fields.includes(field));
  if (beside) return null;
  return (
    <Notice tone="bad" actions={actions}>
      <p>{failureWords(failure)}</p>
      {failure.status >= 500 && failure.requestId && <p>Reference: {failure.requestId}</p>}
    </Notice>
  );
}
