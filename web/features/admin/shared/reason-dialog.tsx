'use client';

import { useRouter } from 'next/navigation';
import { type FormEvent, type ReactNode, useId, useRef, useState, useTransition } from 'react';

import { type Failure, isFailure } from '@/lib/api/failure';
import { Button, type ButtonLook } from '@/ui/button';
import { Dialog } from '@/ui/dialog';
import { TextField } from '@/ui/field';
import { useFocusFirstError } from '@/ui/form';
import { Notice } from '@/ui/notice';
import { toast } from '@/ui/toast';

/**
 * A button for what needs a reason, with the question behind it. What was typed stays when the API refuses; run throws its Failure.
 * done is told in a toast.
 */
export function ReasonButton({
  label,
  look,
  confirmLook = 'danger',
  title,
  confirm,
  pendingLabel,
  hint,
  done,
  run,
  onOpen,
  ready = true,
  children,
}: {
  label: ReactNode;
  look?: ButtonLook;
  confirmLook?: ButtonLook['variant'];
  title: string;
  confirm: string;
  pendingLabel: string;
  hint: string;
  done: string;
  run: (reason: string) => Promise<unknown>;
  onOpen?: () => void;
  /** Whether what has to be known before is known. */
  ready?: boolean;
  children?: ReactNode;
}) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button
        {...look}
        onClick={() => {
          onOpen?.();
          setOpen(true);
        }}
      >
        {label}
      </Button>
      {open && (
        <ReasonDialog
          {...{ title, confirm, pendingLabel, hint, done, run, ready, confirmLook }}
          onClose={() => setOpen(false)}
        >
          {children}
        </ReasonDialog>
      )}
    </>
  );
}

function ReasonDialog({
  title,
  confirm,
  pendingLabel,
  hint,
  done,
  run,
  ready,
  confirmLook,
  onClose,
  children,
}: {
  title: string;
  confirm: string;
  pendingLabel: string;
  hint: string;
  done: string;
  run: (reason: string) => Promise<unknown>;
  ready: boolean;
  confirmLook: ButtonLook['variant'];
  onClose: () => void;
  children?: ReactNode;
}) {
  const id = useId();
  const form = useRef<HTMLFormElement>(null);
  const router = useRouter();
  const [pending, start] = useTransition();
  const [wrong, setWrong] = useState<{ field?: string | null; failure?: Failure } | null>(null);
  useFocusFirstError(form, wrong);

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    if (pending || !ready) return;
    const reason = String(new FormData(event.currentTarget).get('reason') ?? '').trim();
    if (!reason) {
      setWrong({ field: 'Please write the reason: it stands in the audit log.' });
      return;
    }
    setWrong(null);
    start(async () => {
      try {
        await run(reason);
      } catch (error) {
        if (!isFailure(error)) throw error;
        setWrong({ field: error.field('reason'), failure: error });
        return;
      }
      onClose();
      toast(done);
      router.refresh();
    });
  }

  return (
    <Dialog
      open
      alert
      onClose={onClose}
      title={title}
      dismissable={false}
      footer={
        <>
          <Button onClick={onClose}>Keep it as it is</Button>
          <Button
            type="submit"
            form={id}
            variant={confirmLook}
            pending={pending}
            pendingLabel={pendingLabel}
            aria-disabled={!ready || undefined}
          >
            {confirm}
          </Button>
        </>
      }
    >
      {children}
      <form ref={form} id={id} onSubmit={submit} noValidate>
        <TextField
          label="Reason"
          name="reason"
          hint={hint}
          error={wrong?.field}
          maxLength={500}
          autoComplete="off"
          required
          autoFocus
        />
      </form>
      {wrong?.failure && !wrong.field && <Notice tone="bad">{wrong.failure.message}</Notice>}
    </Dialog>
  );
}
