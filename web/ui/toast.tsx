'use client';

import { X } from 'lucide-react';
import { useEffect, useRef, useState, useSyncExternalStore } from 'react';

import { Button } from './button';
import { classes } from './classes';
import styles from './toast.module.css';

export type Toast = {
  id: number;
  text: string;
  tone: 'plain' | 'bad';
  action?: { label: string; run: () => void };
};

let list: Toast[] = [];
let next = 1;
const listeners = new Set<() => void>();

function change(to: Toast[]) {
  list = to;
  for (const listener of listeners) listener();
}

/** How many are shown at a time; the rest waits for its turn, so that none goes unread. */
const most = 3;

/**
 * Tells something that has happened. A bad toast and one with an action stay until they are closed; others go after they had time
 * to be read (at least 8 s, half a second a word), which stands still while they are pointed at, focused, or the tab is hidden.
 * What is shown or waits already is not said twice.
 */
export function toast(text: string, options: Partial<Pick<Toast, 'tone' | 'action'>> = {}): void {
  const tone = options.tone ?? 'plain';
  const same = list.find((one) => one.text === text && one.tone === tone && !one.action && !options.action);
  if (same) return;
  change([...list, { id: next++, text, tone, action: options.action }]);
}

function dismiss(id: number) {
  change(list.filter((one) => one.id !== id));
}

const none: Toast[] = [];

/** Where toasts appear; one in the root layout. */
export function ToastRegion() {
  const toasts = useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => list,
    () => none,
  );
  return (
    <div className={styles.region} role="region" aria-label="Messages" aria-live="polite">
      {toasts.slice(0, most).map((one) => (
        <ToastBox key={one.id} toast={one} />
      ))}
    </div>
  );
}

function ToastBox({ toast: { id, text, tone, action } }: { toast: Toast }) {
  const [held, hold] = useState(false);
  const left = useRef(Math.max(8000, text.split(' ').length * 500));
  const stays = tone === 'bad' || action !== undefined;
  useEffect(() => {
    if (stays || held) return undefined;
    const tick = setInterval(() => {
      if (document.hidden) return;
      left.current -= 250;
      if (left.current <= 0) dismiss(id);
    }, 250);
    return () => clearInterval(tick);
  }, [id, stays, held]);
  return (
    <div
      className={classes(styles.toast, tone === 'bad' && styles.bad)}
      onPointerEnter={() => hold(true)}
      onPointerLeave={() => hold(false)}
      onFocus={() => hold(true)}
      onBlur={() => hold(false)}
    >
      <span>{text}</span>
      {action && (
        <Button
          variant="quiet"
          size="small"
          onClick={() => {
            dismiss(id);
            action.run();
          }}
        >
          {action.label}
        </Button>
      )}
      <Button variant="quiet" size="small" icon aria-label="Close the message" onClick={() => dismiss(id)}>
        <X size={18} aria-hidden="true" />
      </Button>
    </div>
  );
}
