'use client';

import '@/ui/tokens.css';
import '@/ui/base.css';

import { Unplug } from 'lucide-react';
import { useEffect } from 'react';

import { paths } from '@/lib/paths';
import { report } from '@/lib/report';
import { Button } from '@/ui/button';
import { Page } from '@/ui/layout';
import { State } from '@/ui/notice';

import { figtree } from './fonts';

// It stands in for the root layout, which could not be rendered: nothing of it (head, session, colours) can be relied on.
export default function GlobalError({
  error,
  retry,
}: {
  error: Error & { digest?: string };
  retry: () => void;
}) {
  useEffect(() => report('render', error), [error]);
  return (
    <html lang="en" className={figtree.variable}>
      <body>
        <title>Not right now · Rentora</title>
        <Page>
          <State
            level={1}
            icon={<Unplug aria-hidden="true" />}
            title="Rentora cannot be shown right now"
            actions={
              <>
                <Button variant="primary" onClick={retry}>
                  Try again
                </Button>
                {/* As a new page: what is loaded cannot be trusted. */}
                <Button onClick={() => location.assign(paths.home())}>Go home</Button>
              </>
            }
            reference={error.digest}
          >
            Something on our side is broken, and we have been told. What was booked is booked, and what was
            not can be tried again.
          </State>
        </Page>
      </body>
    </html>
  );
}
