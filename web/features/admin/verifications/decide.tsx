'use client';

import { Check, ChevronDown, ChevronUp, CornerUpLeft, Keyboard } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useEffect, useRef, useState } from 'react';

import type { Failure } from '@/lib/api/failure';
import type { FieldNote } from '@/lib/api/types';
import { paths } from '@/lib/paths';
import { Button, ButtonLink } from '@/ui/button';
import { toast } from '@/ui/toast';

import { noteFieldOf } from '../shared/words';
import { ApproveDialog } from './approve';
import { type Draft, draftOf } from './draft';
import { useKeys, useKeysOn } from './keys';
import { KeysDialog } from './keys-dialog';
import { RejectDialog } from './reject';
import styles from './verifications.module.css';

/** What is decided on, as far as the decision needs to know it. */
export type Subject = {
  id: string;
  kind: 'listing' | 'revision';
  listingId: string;
  title: string;
  /** The version that is looked at. */
  etag: string;
  /** What the notes are likely about: the fields that change. */
  fields: FieldNote['field'][];
};

/** The bar with the decision on one verification; keys do the same. When it is made, the next one opens. */
export function Decide({
  subject,
  previous,
  next,
}: {
  subject: Subject;
  previous: string | null;
  next: string | null;
}) {
  const router = useRouter();
  const [open, setOpen] = useState<'approve' | 'reject' | 'keys' | null>(null);
  const [drafts, setDrafts] = useState<Record<string, Draft>>({});
  const [keysOn] = useKeysOn();
  const draft = drafts[subject.listingId] ?? draftOf(subject.fields);
  const keep = (now: Draft) => setDrafts((all) => ({ ...all, [subject.listingId]: now }));
  useHeadingFocus(subject.id);

  useKeys(
    {
      j: () => next && router.push(next),
      k: () => previous && router.push(previous),
      a: () => setOpen('approve'),
      r: () => setOpen('reject'),
      '?': () => setOpen('keys'),
    },
    keysOn,
  );

  function leave(text: string) {
    setOpen(null);
    toast(text);
    router.push(next ?? previous ?? paths.verifications());
    if (!next && !previous) router.refresh(); // the address may be the same
  }
  function readAgain() {
    setOpen(null);
    router.refresh();
  }
  function sendBackInstead(failure: Failure) {
    const notes = failure.fieldErrors.map(({ field, message }, key) => ({
      key,
      field: noteFieldOf(field),
      note: message,
    }));
    keep({ reason: 'incomplete', notes: notes.slice(0, 20) });
    setOpen('reject');
  }

  const dialog = { subject, onClose: () => setOpen(null), onReadAgain: readAgain };
  return (
    <div className={styles.bar} role="group" aria-label="Decision">
      <div className={styles.barMoves}>
        <Move
          href={previous}
          label="Previous"
          letter="k"
          keysOn={keysOn}
          icon={<ChevronUp size={20} aria-hidden="true" />}
        />
        <Move
          href={next}
          label="Next"
          letter="j"
          keysOn={keysOn}
          icon={<ChevronDown size={20} aria-hidden="true" />}
        />
        <Button variant="quiet" icon aria-label="Keys" onClick={() => setOpen('keys')}>
          <Keyboard size={20} aria-hidden="true" />
        </Button>
      </div>
      <div className={styles.barDecisions}>
        <Button onClick={() => setOpen('reject')} aria-keyshortcuts={keysOn ? 'r' : undefined}>
          <CornerUpLeft size={18} aria-hidden="true" />
          Send back
          {keysOn && <Hint letter="R" />}
        </Button>
        <Button
          variant="primary"
          onClick={() => setOpen('approve')}
          aria-keyshortcuts={keysOn ? 'a' : undefined}
        >
          <Check size={18} aria-hidden="true" />
          Approve
          {keysOn && <Hint letter="A" />}
        </Button>
      </div>
      {open === 'approve' && <ApproveDialog {...dialog} onDone={leave} onSendBack={sendBackInstead} />}
      {open === 'reject' && <RejectDialog {...dialog} draft={draft} onDraft={keep} onDone={leave} />}
      {open === 'keys' && <KeysDialog onClose={() => setOpen(null)} />}
    </div>
  );
}

function Move({
  href,
  label,
  letter,
  keysOn,
  icon,
}: {
  href: string | null;
  label: string;
  letter: string;
  keysOn: boolean;
  icon: React.ReactNode;
}) {
  if (!href) {
    return (
      <Button variant="quiet" icon aria-label={label} aria-disabled>
        {icon}
      </Button>
    );
  }
  return (
    <ButtonLink
      href={href}
      variant="quiet"
      icon
      aria-label={label}
      aria-keyshortcuts={keysOn ? letter : undefined}
    >
      {icon}
    </ButtonLink>
  );
}

function Hint({ letter }: { letter: string }) {
  return (
    <kbd className={styles.hint} aria-hidden="true">
      {letter}
    </kbd>
  );
}

// Whoever goes on by key or decision continues reading where the next one begins.
function useHeadingFocus(id: string) {
  const shown = useRef(id);
  useEffect(() => {
    if (shown.current === id) return;
    shown.current = id;
    document.getElementById('chosen')?.focus({ preventScroll: true });
    document.querySelector('#queue [aria-current]')?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }, [id]);
}
