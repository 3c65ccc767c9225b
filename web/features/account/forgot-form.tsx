'use client';

import Link from 'next/link';
import { type FormEvent, useRef, useState } from 'react';

import { api } from '@/lib/api/browser';
import { dataOf } from '@/lib/api/failure';
import { paths } from '@/lib/paths';
import { Button } from '@/ui/button';
import { TextField } from '@/ui/field';
import { useFocusFirstError } from '@/ui/form';
import { Notice } from '@/ui/notice';

import styles from './account.module.css';
import { AuthHeader } from './auth-header';
import { emailProblem, type Problems, problemsOf, textOf } from './checks';
import { FailureNotice } from './failure-notice';
import { MailSent } from './mail-sent';
import { useSend } from './use-send';

/** Asks for the mail that sets a new password. The answer tells nobody whether the address has an account. */
export function ForgotForm({ problem, sent = false }: { problem?: string; sent?: boolean }) {
  const form = useRef<HTMLFormElement>(null);
  const { pending, failure, send, forget } = useSend();
  const [wrong, setWrong] = useState<Problems | null>(null);
  const [mailed, setMailed] = useState<string | null>(sent ? '' : null);
  useFocusFirstError(form, wrong ?? failure);

  function back() {
    setMailed(null);
    // As soon as the form is there again.
    requestAnimationFrame(() => form.current?.querySelector<HTMLInputElement>('[name="email"]')?.focus());
  }

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const email = textOf(new FormData(event.currentTarget), 'email').trim();
    const found = problemsOf({ email: emailProblem(email) });
    setWrong(found);
    if (found) return forget();
    const done = await send(() => dataOf(api.POST('/auth/forgot-password', { body: { email } })));
    if (done) setMailed(email);
  }

  return (
    <>
      {mailed !== null && (
        <MailSent
          actions={
            <Button variant="quiet" onClick={back}>
              Use another address
            </Button>
          }
        >
          <p>
            If {mailed ? <strong>{mailed}</strong> : 'this address'} has an account, a mail with a link to set
            a new password is on its way. The link works once, and not for long.
          </p>
          <p className={styles.small}>
            Nothing there after a few minutes? Look among the unwanted mails, too.
          </p>
        </MailSent>
      )}
      <div hidden={mailed !== null}>
        <AuthHeader
          title="Forgot your password?"
          lead="Tell us the address of your account, and we mail you a link to set a new one."
        />
        <form
          ref={form}
          method="post"
          action={`${paths.forgotPassword()}/send`}
          className={styles.form}
          onSubmit={(event) => void submit(event)}
          noValidate
        >
          {problem && !failure && !wrong && <Notice tone="bad">{problem}</Notice>}
          <FailureNotice failure={failure} fields={['email']} />
          <TextField
            label="E-mail address"
            name="email"
            type="email"
            inputMode="email"
            autoComplete="username"
            autoCapitalize="none"
            spellCheck={false}
            required
            maxLength={254}
            error={wrong?.email ?? failure?.field('email')}
          />
          <Button type="submit" variant="primary" size="large" wide pending={pending} pendingLabel="Sending…">
            Send me the link
          </Button>
          <p className={styles.foot}>
            <Link href={paths.signIn()}>Back to signing in</Link>
          </p>
        </form>
      </div>
    </>
  );
}
