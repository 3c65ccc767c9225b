'use client';

import { Plus, Trash2 } from 'lucide-react';
import { type FormEvent, useId, useRef, useState, useTransition } from 'react';

import { api } from '@/lib/api/browser';
import { type Failure, isFailure, open } from '@/lib/api/failure';
import type { FieldNote, RejectionReason } from '@/lib/api/types';
import { rejectionReasons } from '@/lib/labels';
import { Button } from '@/ui/button';
import { Dialog } from '@/ui/dialog';
import { SelectField, TextArea } from '@/ui/field';
import { useFocusFirstError } from '@/ui/form';

import { keys } from '../shared/query';
import { noteFields } from '../shared/words';
import type { Subject } from './decide';
import {
  check,
  complaints,
  type Draft,
  type DraftErrors,
  type DraftNote,
  mostNotes,
  withNote,
  written,
} from './draft';
import { Refused } from './refused';
import styles from './verifications.module.css';

/** Sends a listing or a change back to its host: a reason, and notes that will stand beside the fields they are about. */
export function RejectDialog({
  subject,
  draft,
  onDraft,
  onClose,
  onDone,
  onReadAgain,
}: {
  subject: Subject;
  draft: Draft;
  onDraft: (draft: Draft) => void;
  onClose: () => void;
  onDone: (text: string) => void;
  onReadAgain: () => void;
}) {
  const id = useId();
  const form = useRef<HTMLFormElement>(null);
  const [errors, setErrors] = useState<DraftErrors | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  const [pending, start] = useTransition();
  useFocusFirstError(form, errors);

  function submit(event: FormEvent) {
    event.preventDefault();
    if (pending) return;
    const missing = check(draft);
    setErrors(missing);
    setFailure(null);
    if (missing || !draft.reason) return;
    const body = { reason: draft.reason, notes: written(draft).map(({ field, note }) => ({ field, note })) };
    start(async () => {
      try {
        await open(
          api.POST('/admin/listings/{listing_id}/reject', {
            params: { path: { listing_id: subject.listingId }, header: { 'If-Match': subject.etag } },
            body,
          }),
        );
      } catch (error) {
        if (!isFailure(error)) throw error;
        const found = complaints(draft, (name) => error.field(name));
        if (found) setErrors(found);
        else setFailure(error);
        return;
      }
      onDone(`“${subject.title}” is sent back to its host.`);
    });
  }
  const change = (note: DraftNote) =>
    onDraft({ ...draft, notes: draft.notes.map((one) => (one.key === note.key ? note : one)) });

  return (
    <Dialog
      open
      shape="sheet"
      dismissable={false}
      onClose={onClose}
      title="Send back to the host"
      footer={
        <>
          <Button onClick={onClose}>Not yet</Button>
          <Button type="submit" form={id} variant="danger" pending={pending} pendingLabel="Sending…">
            Send back
          </Button>
        </>
      }
    >
      <form ref={form} id={id} onSubmit={submit} noValidate className={styles.rejection}>
        <SelectField
          label="Reason"
          value={draft.reason}
          error={errors?.reason}
          autoFocus
          required
          onChange={(event) => onDraft({ ...draft, reason: event.target.value as RejectionReason | '' })}
        >
          <option value="">Choose…</option>
          {keys(rejectionReasons).map((reason) => (
            <option key={reason} value={reason}>
              {rejectionReasons[reason]}
            </option>
          ))}
        </SelectField>
        {draft.notes.map((note, index) => (
          <NoteFields
            key={note.key}
            note={note}
            number={index + 1}
            error={errors?.notes[note.key]}
            onChange={change}
            onRemove={() => onDraft({ ...draft, notes: draft.notes.filter(({ key }) => key !== note.key) })}
          />
        ))}
        <div>
          <Button
            size="small"
            onClick={() => onDraft(withNote(draft, subject.fields))}
            aria-disabled={draft.notes.length >= mostNotes || undefined}
          >
            <Plus size={16} aria-hidden="true" />
            {draft.notes.length > 0 ? 'Add another note' : 'Add a note'}
          </Button>
        </div>
      </form>
      {failure && <Refused failure={failure} onReadAgain={onReadAgain} />}
    </Dialog>
  );
}

function NoteFields({
  note,
  number,
  error,
  onChange,
  onRemove,
}: {
  note: DraftNote;
  number: number;
  error?: string;
  onChange: (note: DraftNote) => void;
  onRemove: () => void;
}) {
  return (
    <fieldset className={styles.note}>
      <legend className="visually-hidden">Note {number}</legend>
      <div className={styles.noteHead}>
        <SelectField
          label="About"
          value={note.field}
          onChange={(event) => onChange({ ...note, field: event.target.value as FieldNote['field'] })}
        >
          {keys(noteFields).map((field) => (
            <option key={field} value={field}>
              {noteFields[field]}
            </option>
          ))}
        </SelectField>
        <Button variant="quiet" icon aria-label={`Remove note ${number}`} onClick={onRemove}>
          <Trash2 size={18} aria-hidden="true" />
        </Button>
      </div>
      <TextArea
        label="What the host should change"
        value={note.note}
        error={error}
        maxLength={500}
        rows={3}
        onChange={(event) => onChange({ ...note, note: event.target.value })}
      />
    </fieldset>
  );
}
