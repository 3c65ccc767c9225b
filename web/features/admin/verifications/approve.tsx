'use client';

import { useId, useRef, useState, useTransition } from 'react';

import { api } from '@/lib/api/browser';
import { type Failure, isFailure, open } from '@/lib/api/failure';
import { Button } from '@/ui/button';
import { Dialog } from '@/ui/dialog';
import { TextField } from '@/ui/field';

import type { Subject } from './decide';
import { Refused } from './refused';

/** Asks once before something goes public; Enter confirms. */
export function ApproveDialog({
  subject,
  onClose,
  onDone,
  onReadAgain,
  onSendBack,
}: {
  subject: Subject;
  onClose: () => void;
  onDone: (text: string) => void;
  onReadAgain: () => void;
  onSendBack: (failure: Failure) => void;
}) {
  const id = useId();
  const form = useRef<HTMLFormElement>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  const [pending, start] = useTransition();
  const isNew = subject.kind === 'listing';
  const over =
    failure?.kind === 'stale' || failure?.code === 'revision_invalid' || failure?.code === 'wrong_state';

  function approve() {
    if (pending) return;
    const note = String(new FormData(form.current ?? undefined).get('note') ?? '').trim();
    setFailure(null);
    start(async () => {
      try {
        await open(
          api.POST('/admin/listings/{listing_id}/approve', {
            params: { path: { listing_id: subject.listingId }, header: { 'If-Match': subject.etag } },
            body: note ? { note } : {},
          }),
        );
      } catch (error) {
        if (!isFailure(error)) throw error;
        setFailure(error);
        return;
      }
      onDone(isNew ? `“${subject.title}” is live.` : `The change of “${subject.title}” is live.`);
    });
  }

  return (
    <Dialog
      open
      alert
      onClose={onClose}
      title={isNew ? 'Publish this listing?' : 'Publish this change?'}
      footer={
        <>
          <Button onClick={onClose}>Not yet</Button>
          {!over && (
            <Button
              type="submit"
              form={id}
              variant="primary"
              pending={pending}
              pendingLabel="Publishing…"
              autoFocus
            >
              Approve and publish
            </Button>
          )}
        </>
      }
    >
      <p>
        <strong>{subject.title}</strong>{' '}
        {isNew
          ? 'goes live at once: guests find it and can book it, and the host gets a mail.'
          : 'shows the change at once, as a whole, and the host gets a mail.'}{' '}
        There is no button that takes it back.
      </p>
      <form
        ref={form}
        id={id}
        onSubmit={(event) => {
          event.preventDefault();
          approve();
        }}
      >
        <TextField
          label="Note for the audit log"
          name="note"
          optional
          maxLength={500}
          autoComplete="off"
          error={failure?.field('note')}
        />
      </form>
      {failure && (
        <Refused failure={failure} onReadAgain={onReadAgain} onSendBack={() => onSendBack(failure)} />
      )}
    </Dialog>
  );
}
