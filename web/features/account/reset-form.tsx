'use client';

import { CircleCheck, MailX } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { type FormEvent, useRef, useState } from 'react';

import { api } from '@/lib/api/browser';
import { dataOf, isFailure } from '@/lib/api/failure';
import { paths } from '@/lib/paths';
import { Button, ButtonLink } from '@/ui/button';
import { useFocusFirstError } from '@/ui/form';
import { PasswordField } from '@/ui/password';

import styles from './account.module.css';
import { AuthHeader } from './auth-header';
import { newPasswordProblem, textOf } from './checks';
import { FailureNotice } from './failure-notice';
import { useLinkToken } from './link-token';
import { useSend } from './use-send';

/** Sets a new password with the token of the link that led here; also the first password of somebody who was invited. */
export function ResetForm() {
  const token = useLinkToken();
  const router = useRouter();
  const form = useRef<HTMLFormElement>(null);
  const { pending, failure, send, forget } = useSend();
  const [wrong, setWrong] = useState<{ password: string } | null>(null);
  const [done, setDone] = useState<string | null>(null);
  const [spent, setSpent] = useState<string | null>(null);
  useFocusFirstError(form, wrong ?? failure);

  if (token === null) return <NoLink title="Set a new password" />;
  if (token && done === token) return <Changed />;
  if (token && spent === token) return <NoLink title="This link does not work any more" spent />;

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    if (!token) return;
    const password = textOf(new FormData(event.currentTarget), 'password');
    const problem = newPasswordProblem(password);
    setWrong(problem ? { password: problem } : null);
    if (problem) return forget();
    const answer = await send(() =>
      dataOf(api.POST('/auth/reset-password', { body: { token, password } })).catch((error: unknown) => {
        if (isFailure(error) && error.field('token')) setSpent(token);
        throw error;
      }),
    );
    if (!answer) return;
    setDone(token);
    router.refresh(); // every session has ended, also the one of this browser
  }

  return (
    <>
      <AuthHeader
        title="Set a new password"
        lead="It ends every session of your account: you sign in again wherever you were signed in."
      />
      <form
        ref={form}
        method="post"
        className={styles.form}
        onSubmit={(event) => void submit(event)}
        noValidate
      >
        <noscript>
          <p>Please switch on JavaScript for this page: the link in your mail can be read only with it.</p>
        </noscript>
        <FailureNotice failure={failure} fields={['password']} />
        <PasswordField
          label="New password"
          name="password"
          autoComplete="new-password"
          required
          minLength={10}
          hint="At least 10 characters; a few words in a row are good."
          error={wrong?.password ?? failure?.field('password')}
        />
        <Button type="submit" variant="primary" size="large" wide pending={pending} pendingLabel="Saving…">
          Set the password
        </Button>
      </form>
    </>
  );
}

function Changed() {
  return (
    <div className={styles.form}>
      <span className={styles.emblem}>
        <CircleCheck size={28} aria-hidden="true" />
      </span>
      <AuthHeader title="Your new password is set" lead="Sign in with it to go on." focused />
      <ButtonLink href={paths.signIn()} variant="primary" size="large" wide>
        Sign in
      </ButtonLink>
    </div>
  );
}

function NoLink({ title, spent = false }: { title: string; spent?: boolean }) {
  return (
    <div className={styles.form}>
      <span className={styles.emblem}>
        <MailX size={28} aria-hidden="true" />
      </span>
      <AuthHeader
        title={title}
        lead={
          spent
            ? 'It was used already, or it is too old. Ask for a new one, and use the newest mail.'
            : 'Open the link in the mail that we have sent you, or ask for a new one.'
        }
        focused={spent}
      />
      <ButtonLink href={paths.forgotPassword()} variant="primary" size="large" wide>
        Send me a new link
      </ButtonLink>
      <ButtonLink href={paths.signIn()} variant="quiet" wide>
        Back to signing in
      </ButtonLink>
    </div>
  );
}
