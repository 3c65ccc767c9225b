'use client';

import { CircleCheck, MailX } from 'lucide-react';
import { type FormEvent, useEffect, useRef, useState } from 'react';

import { api } from '@/lib/api/browser';
import { dataOf, type Failure, isFailure, unreachable } from '@/lib/api/failure';
import { paths } from '@/lib/paths';
import { Button, ButtonLink } from '@/ui/button';
import { TextField } from '@/ui/field';
import { useFocusFirstError } from '@/ui/form';
import { Loading, Skeleton } from '@/ui/skeleton';

import styles from './account.module.css';
import { AuthHeader } from './auth-header';
import { emailProblem, textOf } from './checks';
import { FailureNotice } from './failure-notice';
import { useLinkToken } from './link-token';
import { rememberedNext } from './next-step';
import { useSend } from './use-send';

type Outcome = { token: string; failure: Failure | null };

/** Verifies the address that the link of this page was mailed to. */
export function VerifyEmail() {
  const token = useLinkToken();
  const asked = useRef<string | null>(null); // a token works once: it must not be sent twice
  const [outcome, setOutcome] = useState<Outcome | null>(null);
  const [attempt, setAttempt] = useState(0);

  useEffect(() => {
    const key = `${token} ${attempt}`;
    if (!token || asked.current === key) return;
    asked.current = key;
    dataOf(api.POST('/auth/verify-email', { body: { token } })).then(
      () => setOutcome({ token, failure: null }),
      (error: unknown) => setOutcome({ token, failure: isFailure(error) ? error : unreachable() }),
    );
  }, [token, attempt]);

  if (token === null) return <NoLink />;
  if (!outcome || outcome.token !== token) return <Confirming />;
  if (!outcome.failure) return <Verified />;
  if (outcome.failure.fieldErrors.length > 0) return <Spent />;
  const again = () => {
    setOutcome(null);
    setAttempt(attempt + 1);
  };
  return (
    <div className={styles.form}>
      <AuthHeader title="Your address is not confirmed yet" focused />
      <FailureNotice
        failure={outcome.failure}
        actions={
          <Button size="small" onClick={again}>
            Try again
          </Button>
        }
      />
    </div>
  );
}

function Confirming() {
  return (
    <div className={styles.form}>
      <AuthHeader title="Confirming your address…" />
      <noscript>
        <p>Please switch on JavaScript for this page: the link in your mail can be read only with it.</p>
      </noscript>
      <Loading label="Confirming your address">
        <Skeleton height="var(--control)" />
      </Loading>
    </div>
  );
}

function Verified() {
  return (
    <div className={styles.form}>
      <span className={styles.emblem}>
        <CircleCheck size={28} aria-hidden="true" />
      </span>
      <AuthHeader title="Your address is confirmed" lead="Your account is ready: sign in to begin." focused />
      <ButtonLink href={paths.signIn(rememberedNext())} variant="primary" size="large" wide>
        Sign in
      </ButtonLink>
    </div>
  );
}

function Spent() {
  return (
    <div className={styles.form}>
      <span className={styles.emblem}>
        <MailX size={28} aria-hidden="true" />
      </span>
      <AuthHeader
        title="This link does not work any more"
        lead="It was used already, or it is too old. If you have confirmed your address before, simply sign in."
        focused
      />
      <ButtonLink href={paths.signIn(rememberedNext())} variant="primary" wide>
        Sign in
      </ButtonLink>
      <AskAgain />
    </div>
  );
}

function NoLink() {
  return (
    <div className={styles.form}>
      <AuthHeader
        title="Confirm your address"
        lead="Open the link in the mail that we have sent you. If the mail did not come, ask for another one."
      />
      <AskAgain />
    </div>
  );
}

function AskAgain() {
  const form = useRef<HTMLFormElement>(null);
  const { pending, failure, send } = useSend();
  const [wrong, setWrong] = useState<{ email: string } | null>(null);
  const [sent, setSent] = useState('');
  useFocusFirstError(form, wrong ?? failure);
  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    setSent('');
    const email = textOf(new FormData(event.currentTarget), 'email').trim();
    const problem = emailProblem(email);
    setWrong(problem ? { email: problem } : null);
    if (problem) return;
    const done = await send(() => dataOf(api.POST('/auth/verify-email/resend', { body: { email } })));
    if (done) setSent(email);
  }
  return (
    <form
      ref={form}
      method="post"
      className={styles.form}
      onSubmit={(event) => void submit(event)}
      noValidate
    >
      <FailureNotice failure={failure} fields={['email']} />
      <TextField
        label="E-mail address"
        name="email"
        type="email"
        inputMode="email"
        autoComplete="username"
        required
        maxLength={254}
        error={wrong?.email ?? failure?.field('email')}
      />
      <Button type="submit" wide pending={pending} pendingLabel="Sending…">
        Send me a new mail
      </Button>
      <p role="status" className={styles.small}>
        {sent && `If ${sent} waits to be confirmed, a new mail is on its way.`}
      </p>
    </form>
  );
}
