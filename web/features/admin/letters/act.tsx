'use client';

import { RotateCcw, Trash2 } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useState, useTransition } from 'react';

import { api } from '@/lib/api/browser';
import { dataOf, isFailure, open } from '@/lib/api/failure';
import { plural } from '@/lib/dates';
import { Button } from '@/ui/button';
import { Dialog } from '@/ui/dialog';
import { Notice } from '@/ui/notice';
import { toast } from '@/ui/toast';

import { ReasonButton } from '../shared/reason-dialog';

/** How many letters one click sends again. */
const atOnce = 100;

/** Sends one event again to the group that refused it. */
export function RetryLetter({ id, group }: { id: string; group: string }) {
  const router = useRouter();
  const [pending, start] = useTransition();
  function retry() {
    start(async () => {
      try {
        await open(
          api.POST('/admin/dead-letters/{dead_letter_id}/retry', {
            params: { path: { dead_letter_id: id } },
          }),
        );
        toast(`Sent to ${group} again. If it is refused once more, it is open again.`);
      } catch (error) {
        if (!isFailure(error)) throw error;
        toast(error.message, { tone: 'bad' });
      }
      router.refresh();
    });
  }
  return (
    <Button variant="primary" pending={pending} pendingLabel="Sending…" onClick={retry}>
      <RotateCcw size={18} aria-hidden="true" />
      Send again
    </Button>
  );
}

/** Closes a letter without another try, once it was said why. */
export function DiscardLetter({ id }: { id: string }) {
  const params = { path: { dead_letter_id: id } };
  return (
    <ReasonButton
      label={
        <>
          <Trash2 size={18} aria-hidden="true" />
          Discard
        </>
      }
      title="Discard this event?"
      confirm="Discard it"
      pendingLabel="Discarding…"
      hint="Why it need not be handled."
      done="The event is discarded."
      run={(reason) =>
        open(api.POST('/admin/dead-letters/{dead_letter_id}/discard', { params, body: { reason } }))
      }
    >
      <p>It will not be handled by this group any more, and cannot be sent again later.</p>
    </ReasonButton>
  );
}

/** Sends all open events of a filter again, oldest first, after it was asked once. */
export function RetryAll({ group, type }: { group?: string; type?: string }) {
  const router = useRouter();
  const [asking, ask] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const [pending, start] = useTransition();
  const which = [type && `of ${type}`, group && `that ${group} refused`].filter(Boolean).join(' ');
  function retry() {
    setProblem(null);
    start(async () => {
      try {
        const body = { ...(group && { group }), ...(type && { type }), limit: atOnce };
        const { retried, more } = await dataOf(api.POST('/admin/dead-letters/retry', { body }));
        toast(
          `${plural(retried, 'event')} sent again.${more ? ' There are more: send again until none is left.' : ''}`,
        );
      } catch (error) {
        if (!isFailure(error)) throw error;
        setProblem(error.message);
        return;
      }
      ask(false);
      router.refresh();
    });
  }
  return (
    <>
      <Button onClick={() => ask(true)}>
        <RotateCcw size={18} aria-hidden="true" />
        Send all again
      </Button>
      {asking && (
        <Dialog
          open
          alert
          onClose={() => ask(false)}
          title="Send all of them again?"
          footer={
            <>
              <Button onClick={() => ask(false)}>Not now</Button>
              <Button variant="primary" pending={pending} pendingLabel="Sending…" onClick={retry} autoFocus>
                Send again
              </Button>
            </>
          }
        >
          <p>
            Up to {atOnce} open events {which} go to the groups that refused them, oldest first. What is
            refused once more is open again.
          </p>
          {problem && <Notice tone="bad">{problem}</Notice>}
        </Dialog>
      )}
    </>
  );
}
