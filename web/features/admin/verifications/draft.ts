import type { FieldNote, RejectionReason } from '@/lib/api/types';

/** A note while it is written; key tells it from the others. */
export type DraftNote = { key: number; field: FieldNote['field']; note: string };

/** What will be sent back to the host, while it is written. */
export type Draft = { reason: RejectionReason | ''; notes: DraftNote[] };

/** The most notes that one answer can have. */
export const mostNotes = 20;

/** An empty draft with one note, on the first of the fields that it is likely about. */
export function draftOf(fields: FieldNote['field'][]): Draft {
  return { reason: '', notes: [{ key: 0, field: fields[0] ?? 'photos', note: '' }] };
}

/** The draft with one more empty note, on the first likely field that has none yet. */
export function withNote(draft: Draft, fields: FieldNote['field'][]): Draft {
  if (draft.notes.length >= mostNotes) return draft;
  const taken = new Set(draft.notes.map(({ field }) => field));
  const field = fields.find((one) => !taken.has(one)) ?? 'other';
  const key = Math.max(-1, ...draft.notes.map((note) => note.key)) + 1;
  return { ...draft, notes: [...draft.notes, { key, field, note: '' }] };
}

/** What is said of a draft that cannot be sent: of its reason, and of notes by their key. */
export type DraftErrors = { reason?: string; notes: Record<number, string> };

/** The notes that say something, in the contract's form. */
export function written(draft: Draft): DraftNote[] {
  return draft.notes.map((note) => ({ ...note, note: note.note.trim() })).filter(({ note }) => note);
}

/** What is missing before a draft can be sent; null when nothing is. */
export function check(draft: Draft): DraftErrors | null {
  if (!draft.reason) return { reason: 'Please choose a reason: the host reads it first.', notes: {} };
  if (draft.reason === 'other' && written(draft).length === 0) {
    const first = draft.notes[0]?.key;
    const text = 'Please say in a note what the reason is.';
    return first === undefined ? { reason: text, notes: {} } : { notes: { [first]: text } };
  }
  return null;
}

/** Puts the API's complaints, which count the notes that were sent, at the notes they are about. */
export function complaints(draft: Draft, field: (name: string) => string | null): DraftErrors | null {
  const errors: DraftErrors = { notes: {} };
  const reason = field('reason');
  if (reason) errors.reason = reason;
  written(draft).forEach(({ key }, index) => {
    const text = field(`notes[${index}]`);
    if (text) errors.notes[key] = text;
  });
  return errors.reason || Object.keys(errors.notes).length > 0 ? errors : null;
}
