'use client';

import { MessageSquareWarning } from 'lucide-react';

import type { FieldNote, Listing } from '@/lib/api/types';

import { useEditor } from './context';
import styles from './editor.module.css';

/** What verification said when it sent the listing, or its last change, back. */
export function notesOf(listing: Listing): FieldNote[] {
  if (listing.status === 'rejected') return listing.review?.notes ?? [];
  return listing.pending_revision?.status === 'rejected' ? listing.pending_revision.notes : [];
}

/** What verification said of a field, beside it. */
export function Notes({ of }: { of: FieldNote['field'] }) {
  const { view } = useEditor();
  const notes = notesOf(view.listing).filter((note) => note.field === of);
  if (notes.length === 0) return null;
  return (
    <ul role="list" className={styles.notes}>
      {notes.map((note, index) => (
        <li key={index} className={styles.note}>
          <MessageSquareWarning size={18} aria-hidden="true" />
          <span>
            <strong>From verification:</strong> {note.note}
          </span>
        </li>
      ))}
    </ul>
  );
}
