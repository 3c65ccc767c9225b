'use client';

import { Check, CircleAlert, CloudUpload, LoaderCircle } from 'lucide-react';

import { paths } from '@/lib/paths';
import { Button, ButtonLink } from '@/ui/button';

import { useEditor } from './context';
import styles from './editor.module.css';
import { inWords } from './steps';
import type { View } from './store';

/** Whether what was typed is safe, in few words, and what to do when it is not. */
export function SaveState() {
  const { store, view } = useEditor();
  const said = describe(view);
  const ended = view.saving.kind === 'failed' && view.saving.failure.status === 401;
  return (
    <div className={styles.saving} data-tone={said.tone}>
      <span role="status" className={styles.savingText}>
        {said.tone === 'good' && <Check size={16} aria-hidden="true" />}
        {said.tone === 'bad' && <CircleAlert size={16} aria-hidden="true" />}
        {said.tone === 'busy' && <LoaderCircle size={16} aria-hidden="true" className={styles.turning} />}
        {said.tone === 'plain' && <CloudUpload size={16} aria-hidden="true" />}
        {said.text}
      </span>
      {ended && (
        <ButtonLink href={paths.signIn()} target="_blank" size="small">
          Sign in in a new tab
        </ButtonLink>
      )}
      {view.saving.kind === 'failed' && (
        <Button size="small" onClick={() => void store.flush()}>
          Try again
        </Button>
      )}
    </div>
  );
}

function describe(view: View): { tone: 'good' | 'bad' | 'busy' | 'plain'; text: string } {
  const { saving, refused } = view;
  if (view.conflict) return { tone: 'bad', text: 'Not saved: it was changed elsewhere, too.' };
  if (saving.kind === 'failed') {
    if (saving.failure.status === 401) {
      return {
        tone: 'bad',
        text: 'Not saved: your session has ended. What you typed stays here while you sign in again.',
      };
    }
    return {
      tone: 'bad',
      text: `Not saved: ${inWords(saving.failure.message)}${saving.again ? ' It is tried again by itself.' : ''}`,
    };
  }
  const first = refused[0];
  if (first) return { tone: 'bad', text: `Not saved: ${inWords(first.message)}` };
  if (view.dirty) return { tone: 'busy', text: 'Saving…' };
  if (view.waiting.length > 0) return { tone: 'plain', text: 'Not sent for review yet' };
  return { tone: 'good', text: 'Saved' };
}
