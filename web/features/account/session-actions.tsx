'use client';

import { useRouter } from 'next/navigation';
import { useState } from 'react';

import { api } from '@/lib/api/browser';
import { dataOf, isFailure, open } from '@/lib/api/failure';
import { paths } from '@/lib/paths';
import { Button } from '@/ui/button';
import { Dialog } from '@/ui/dialog';
import { plural } from '@/lib/dates';
import { toast } from '@/ui/toast';

import styles from './account.module.css';
import { FailureNotice } from './failure-notice';
import { useLeaving } from './use-leaving';
import { useSend } from './use-send';
import { failureWords } from './words';

/** Ends one session: another one at once, this one by signing out. */
export function EndSession({ id, current, device }: { id: string; current: boolean; device: string }) {
  const router = useRouter();
  const [pending, setPending] = useState(false);
  const { leaving, leave } = useLeaving();
  async function end() {
    setPending(true);
    try {
      if (current) {
        await dataOf(api.POST('/auth/logout'));
        return leave(paths.home());
      }
      await endOne(id);
      toast(`The session of ${device} is ended.`);
      router.refresh();
    } catch (error) {
      toast(isFailure(error) ? failureWords(error) : 'That did not work. Please try again.', { tone: 'bad' });
    } finally {
      setPending(false);
    }
  }
  return (
    <Button
      size="small"
      pending={pending || leaving}
      aria-label={current ? 'Sign out here' : `End the session of ${device}`}
      onClick={() => void end()}
    >
      {current ? 'Sign out' : 'End'}
    </Button>
  );
}

/** Ends all other sessions, or all of them; asked twice, because it cannot be undone. */
export function EndSessions({ others }: { others: boolean }) {
  const router = useRouter();
  const [asking, ask] = useState<'others' | 'all' | null>(null);
  const { pending, failure, send, forget } = useSend();
  const { leaving, leave } = useLeaving();

  const close = () => {
    forget();
    ask(null);
  };
  async function go() {
    if (asking === 'all') {
      if (await send(() => dataOf(api.POST('/auth/logout-all')))) leave(paths.signIn());
      return;
    }
    const ended = await send(endOthers);
    if (ended === undefined) return router.refresh();
    close();
    toast(ended ? `${plural(ended, 'other session')} ended.` : 'There was no other session.');
    router.refresh();
  }

  return (
    <div className={styles.other}>
      {others && (
        <Button variant="quiet" onClick={() => ask('others')}>
          End all others
        </Button>
      )}
      <Button variant="quiet" onClick={() => ask('all')}>
        End all, also this one
      </Button>
      <Dialog
        alert
        open={asking !== null}
        onClose={close}
        title={asking === 'all' ? 'End every session?' : 'End all other sessions?'}
        footer={
          <>
            <Button onClick={close}>Keep them</Button>
            <Button
              variant="danger"
              pending={pending || leaving}
              pendingLabel="Ending…"
              onClick={() => void go()}
            >
              {asking === 'all' ? 'End all' : 'End the others'}
            </Button>
          </>
        }
      >
        <FailureNotice failure={failure} />
        <p>
          {asking === 'all'
            ? 'You will be signed out everywhere, here too. It acts within a second.'
            : 'You stay signed in here, and will be signed out everywhere else. It acts within a second.'}
        </p>
      </Dialog>
    </div>
  );
}

async function endOne(id: string): Promise<boolean> {
  try {
    await dataOf(api.DELETE('/auth/sessions/{session_id}', { params: { path: { session_id: id } } }));
    return true;
  } catch (error) {
    if (isFailure(error) && error.status === 404) return false; // it has ended already, which is what was asked
    throw error;
  }
}

// Each page is read before any of its sessions ends: a cursor stands on what may be gone then, and holds nevertheless.
async function endOthers(): Promise<number> {
  let ended = 0;
  let cursor: string | undefined;
  do {
    const { data, page } = await open(
      api.GET('/auth/sessions', { params: { query: { cursor, limit: 100 } } }),
    );
    for (const session of data) {
      if (!session.current && (await endOne(session.id))) ended += 1;
    }
    cursor = page?.next ?? undefined;
  } while (cursor);
  return ended;
}
