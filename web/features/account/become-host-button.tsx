'use client';

import type { FormEvent } from 'react';

import { api } from '@/lib/api/browser';
import { dataOf } from '@/lib/api/failure';
import { paths } from '@/lib/paths';
import { Button } from '@/ui/button';

import { FailureNotice } from './failure-notice';
import styles from './host.module.css';
import { useLeaving } from './use-leaving';
import { useSend } from './use-send';

/** Makes the guest who is signed in a host, and goes on to their first listing. */
export function BecomeHostButton() {
  const { pending, failure, send } = useSend();
  const { leaving, leave } = useLeaving();
  async function become(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    if (leaving) return;
    if (await send(() => dataOf(api.POST('/users/me/host')))) leave(paths.newListing());
  }
  const signedOut = failure?.status === 401;
  return (
    <>
      {signedOut ? (
        <Button variant="primary" size="large" onClick={() => leave(paths.signIn(paths.becomeHost()))}>
          Sign in again to go on
        </Button>
      ) : (
        <form
          method="post"
          action={`${paths.becomeHost()}/send`}
          className={styles.actions}
          onSubmit={(event) => void become(event)}
        >
          <Button
            type="submit"
            variant="primary"
            size="large"
            pending={pending || leaving}
            pendingLabel="One moment…"
          >
            Become a host
          </Button>
          <p className={styles.small}>You stay a guest, too: your trips remain as they are.</p>
        </form>
      )}
      <FailureNotice failure={failure} />
    </>
  );
}
