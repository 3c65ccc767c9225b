'use client';

import { useRouter } from 'next/navigation';
import { type FormEvent, useRef, useState } from 'react';

import { api } from '@/lib/api/browser';
import { dataOf, isFailure, open } from '@/lib/api/failure';
import type { User } from '@/lib/api/types';
import { Button } from '@/ui/button';
import { TextField } from '@/ui/field';
import { useFocusFirstError } from '@/ui/form';
import { Notice } from '@/ui/notice';
import { toast } from '@/ui/toast';

import styles from './account.module.css';
import { nameProblem, textOf } from './checks';
import { FailureNotice } from './failure-notice';
import { useSend } from './use-send';

/** An account and its version. */
export type Versioned = { user: User; etag: string };

/** Changes the name. What another tab or device has saved meanwhile is shown beside it, and nothing is overwritten unasked. */
export function ProfileForm({ user, etag }: Versioned) {
  const router = useRouter();
  const form = useRef<HTMLFormElement>(null);
  const input = useRef<HTMLInputElement>(null);
  const { pending, failure, send, forget } = useSend();
  const [version, setVersion] = useState(etag);
  const [wrong, setWrong] = useState<{ name: string } | null>(null);
  const [theirs, setTheirs] = useState<Versioned | null>(null);
  useFocusFirstError(form, wrong ?? theirs ?? failure);

  async function save(name: string, against: string) {
    const saved = await send(async () => {
      try {
        return await open(
          api.PATCH('/users/me', { params: { header: { 'If-Match': against } }, body: { name } }),
        );
      } catch (error) {
        if (!isFailure(error) || error.status !== 412) throw error;
        const now = await open(api.GET('/users/me'));
        setTheirs({ user: now.data, etag: now.etag ?? '' });
        return null;
      }
    });
    if (!saved) return;
    setVersion(saved.etag ?? '');
    setTheirs(null);
    if (input.current) input.current.value = saved.data.name;
    toast('Your name is saved.');
    router.refresh();
  }

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const name = textOf(new FormData(event.currentTarget), 'name').trim();
    const problem = nameProblem(name);
    setWrong(problem ? { name: problem } : null);
    if (problem) return forget();
    void save(name, theirs?.etag ?? version);
  }

  function take(other: Versioned) {
    if (input.current) input.current.value = other.user.name;
    setVersion(other.etag);
    setTheirs(null);
    forget();
    router.refresh();
  }

  return (
    <form ref={form} method="post" className={styles.section} onSubmit={submit} noValidate>
      {theirs && (
        <Notice
          tone="bad"
          title="Your account was changed elsewhere meanwhile"
          actions={
            <Button size="small" onClick={() => take(theirs)}>
              Take “{theirs.user.name}”
            </Button>
          }
        >
          The name there is now “{theirs.user.name}”. Save once more to have yours instead.
        </Notice>
      )}
      <FailureNotice failure={failure} fields={['name']} />
      <TextField
        ref={input}
        label="Name"
        name="name"
        autoComplete="name"
        required
        maxLength={100}
        defaultValue={user.name}
        hint="Hosts and guests see it when you book with one another."
        error={wrong?.name ?? failure?.field('name')}
      />
      <div>
        <Button type="submit" variant="primary" pending={pending} pendingLabel="Saving…">
          Save
        </Button>
      </div>
    </form>
  );
}

/** Mails the link that sets a new password. */
export function ChangePassword({ email }: { email: string }) {
  const { pending, failure, send } = useSend();
  const [sent, setSent] = useState(false);
  async function ask() {
    const done = await send(() => dataOf(api.POST('/auth/forgot-password', { body: { email } })));
    if (done) setSent(true);
  }
  return (
    <>
      <FailureNotice failure={failure} />
      {sent && <Notice tone="good">A mail with a link is on its way to {email}. The link works once.</Notice>}
      <div className={styles.line}>
        <p className={styles.small}>
          We mail you a link. Setting a new password ends every session of your account, this one too.
        </p>
        <Button pending={pending} pendingLabel="Sending…" onClick={() => void ask()}>
          {sent ? 'Send it again' : 'Send me a link'}
        </Button>
      </div>
    </>
  );
}
