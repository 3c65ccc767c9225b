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
import { PasswordField } from '@/ui/password';

import styles from './account.module.css';
import { emailProblem, type Problems, problemsOf, textOf } from './checks';
import { FailureNotice } from './failure-notice';
import { forgetNext } from './next-step';
import { ResendMail } from './resend-mail';
import { useLeaving } from './use-leaving';
import { useSend } from './use-send';

/** Signs in and goes on to next. problem: what an attempt without scripts was answered. */
export function SignInForm({ next, problem }: { next: string; problem?: string }) {
  const form = useRef<HTMLFormElement>(null);
  const { pending, failure, send } = useSend();
  const { leaving, leave } = useLeaving();
  const [wrong, setWrong] = useState<Problems | null>(null);
  const [tried, setTried] = useState('');

  const refused = failure?.code === 'invalid_credentials';
  const unverified = failure?.code === 'email_not_verified';
  const problems = refused ? { password: failure.message } : wrong;
  useFocusFirstError(form, problems ?? failure);

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    if (leaving) return;
    const fields = new FormData(event.currentTarget);
    const email = textOf(fields, 'email').trim();
    const password = textOf(fields, 'password');
    const found = problemsOf({
      email: emailProblem(email),
      password: password ? null : 'Please enter your password.',
    });
    setWrong(found);
    if (found) return;
    setTried(email);
    const done = await send(() =>
      dataOf(api.POST('/auth/login', { body: { email, password, transport: 'cookie' } })),
    );
    if (!done) return;
    forgetNext();
    leave(next);
  }

  const errorOf = (name: string) => problems?.[name] ?? failure?.field(name);
  return (
    <form
      ref={form}
      method="post"
      action={`${paths.signIn()}/send`}
      className={styles.form}
      onSubmit={(event) => void submit(event)}
      noValidate
    >
      <input type="hidden" name="next" value={next} />
      {problem && !failure && !wrong && <Notice tone="bad">{problem}</Notice>}
      {unverified ? (
        <Notice
          tone="warning"
          role="alert"
          title="Your address is not verified yet"
          actions={<ResendMail email={tried} />}
        >
          We have sent a mail to {tried}. Follow the link in it, and you can sign in.
        </Notice>
      ) : (
        !refused && <FailureNotice failure={failure} fields={['email', 'password']} />
      )}
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
        error={errorOf('email')}
      />
      <PasswordField
        label="Password"
        name="password"
        autoComplete="current-password"
        required
        maxLength={1000}
        error={errorOf('password')}
      />
      <Button
        type="submit"
        variant="primary"
        size="large"
        wide
        pending={pending || leaving}
        pendingLabel="Signing in…"
      >
        Sign in
      </Button>
      <p className={styles.foot}>
        <Link href={paths.forgotPassword()}>Forgot your password?</Link>
      </p>
    </form>
  );
}
