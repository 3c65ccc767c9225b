'use client';

import { Unplug } from 'lucide-react';
import { useEffect } from 'react';

import { report } from '@/lib/report';
import { Button } from '@/ui/button';
import { State } from '@/ui/notice';

export default function AdminError({
  error,
  retry,
}: {
  error: Error & { digest?: string };
  retry: () => void;
}) {
  useEffect(() => report('render', error), [error]);
  return (
    <State
      level={1}
      icon={<Unplug aria-hidden="true" />}
      title="This cannot be shown right now"
      actions={
        <Button variant="primary" onClick={retry}>
          Try again
        </Button>
      }
      reference={error.digest}
    >
      Something on our side did not answer. What was decided is decided; the other parts of the panel may
      still work.
    </State>
  );
}
