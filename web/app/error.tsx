'use client';

import { CloudOff, Unplug } from 'lucide-react';
import { useEffect } from 'react';

import { report } from '@/lib/report';
import { isStale, loadAnew } from '@/lib/stale';
import { Button } from '@/ui/button';
import { Page } from '@/ui/layout';
import { State } from '@/ui/notice';
import { useOnline } from '@/ui/online';

export default function ErrorPage({
  error,
  retry,
}: {
  error: Error & { digest?: string };
  retry: () => void;
}) {
  const online = useOnline();
  useEffect(() => {
    if (isStale(error) && loadAnew()) return;
    report('render', error);
  }, [error]);
  return (
    <Page>
      <State
        level={1}
        icon={online ? <Unplug aria-hidden="true" /> : <CloudOff aria-hidden="true" />}
        title={online ? 'Rentora cannot show this right now' : 'You are offline'}
        actions={
          <Button variant="primary" onClick={retry}>
            Try again
          </Button>
        }
        reference={error.digest}
      >
        {online
          ? 'Something on our side did not answer. Nothing of yours was lost: what was booked is booked, and what was not can be tried again.'
          : 'As soon as you are connected again, this page can be loaded.'}
      </State>
    </Page>
  );
}
