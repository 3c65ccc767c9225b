'use client';

import { type FormEvent, useRef, useState } from 'react';

import { api } from '@/lib/api/browser';
import { dataOf } from '@/lib/api/failure';
import { paths } from '@/lib/paths';
import { Button } from '@/ui/button';
import { Choice, Choices, TextField } from '@/ui/field';
import { useFocusFirstError } from '@/ui/form';
import { Notice } from '@/ui/notice';
import { PasswordField } from '@/ui/password';

import styles from './account.module.css';
import { AuthHeader } from './auth-header';
import { emailProblem, nameProblem, newPasswordProblem, type Problems, problemsOf, textOf } from './checks';
import { FailureNotice } from './failure-notice';
import { MailSent } from './mail-sent';
import { rememberNext } from './next-step';
import { ResendMail } from './resend-mail';
import { useSend } from './use-send';

type Props = { next: string; host: boolean; problem?: string; sent?: boolean };

/** Makes an account. problem and sent: what an attempt without scripts was answered. */
export function RegisterForm({ next, host, problem, sent = false }: Props) {
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
    const fields = new FormData(event.currentTarget);
    const [name, email] = [textOf(fields, 'name').trim(), textOf(fields, 'email').trim()];
    const password = textOf(fields, 'password');
    const role = textOf(fields, 'role') === 'host' ? 'host' : 'guest';
    const found = problemsOf({
      name: nameProblem(name),
      email: emailProblem(email),
      password: newPasswordProblem(password),
    });
    setWrong(found);
    if (found) return forget();
    const done = await send(() =>
      dataOf(api.POST('/auth/register', { body: { name, email, password, role } })),
    );
    if (!done) return;
    rememberNext(role === 'host' && next === paths.home() ? paths.host() : next);
    setMailed(email);
  }

  const errorOf = (name: string) => wrong?.[name] ?? failure?.field(name);
  return (
    <>
      {mailed !== null && <Mailed email={mailed} onBack={back} />}
      {/* It stays, with what was typed, for whoever comes back to correct the address. */}
      <div hidden={mailed !== null}>
        <AuthHeader title="Create your account" lead="It is free, and takes a minute." />
        <form
          ref={form}
          method="post"
          action={`${paths.register()}/send`}
          className={styles.form}
          onSubmit={(event) => void submit(event)}
          noValidate
        >
          <input type="hidden" name="next" value={next} />
          {problem && !failure && !wrong && <Notice tone="bad">{problem}</Notice>}
          <FailureNotice failure={failure} fields={['name', 'email', 'password']} />
          <Choices label="What brings you here?">
            <Choice name="role" value="guest" defaultChecked={!host}>
              I look for a place to stay
            </Choice>
            <Choice name="role" value="host" defaultChecked={host}>
              I have a place to let
            </Choice>
          </Choices>
          <TextField
            label="Your name"
            name="name"
            autoComplete="name"
            required
            maxLength={100}
            hint="Hosts and guests see it when you book with one another."
            error={errorOf('name')}
          />
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
            autoComplete="new-password"
            required
            minLength={10}
            hint="At least 10 characters; a few words in a row are good."
            error={errorOf('password')}
          />
          <Button
            type="submit"
            variant="primary"
            size="large"
            wide
            pending={pending}
            pendingLabel="Creating…"
          >
            Create account
          </Button>
        </form>
      </div>
    </>
  );
}

function Mailed({ email, onBack }: { email: string; onBack: () => void }) {
  return (
    <MailSent
      actions={
        <>
          {email && <ResendMail email={email} />}
          <Button variant="quiet" onClick={onBack}>
            Correct the address
          </Button>
        </>
      }
    >
      <p>
        We have sent a mail to {email ? <strong>{email}</strong> : 'your address'}. Follow the link in it to
        confirm that the address is yours; then you can sign in.
      </p>
      <p className={styles.small}>Nothing there after a few minutes? Look among the unwanted mails, too.</p>
    </MailSent>
  );
}
