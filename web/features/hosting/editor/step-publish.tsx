'use client';

import { CircleAlert, CircleCheck, Eye } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';

import { api } from '@/lib/api/browser';
import { type Failure, isFailure, open, unreachable } from '@/lib/api/failure';
import { paths } from '@/lib/paths';
import { Button, ButtonLink } from '@/ui/button';
import { Row } from '@/ui/layout';
import { Notice } from '@/ui/notice';
import { toast } from '@/ui/toast';

import { ArchiveButton, PauseButton } from '../listings/life-cycle';
import { previewPath } from '../ways';
import { useEditor } from './context';
import styles from './editor.module.css';
import { StepLink } from './editor-links';
import { inWords, lacks, type Lack, stepOfField, steps } from './steps';

export function PublishStep() {
  const { store, view } = useEditor();
  const { listing } = view;
  const canSubmit = listing.status === 'draft' || listing.status === 'rejected';
  const adopt = store.adopt;
  return (
    <div className={styles.form}>
      {canSubmit && <Submit />}
      {listing.status === 'live' && (
        <Notice
          tone="good"
          title="This listing is live"
          actions={<ButtonLink href={paths.listing(listing.id)}>See it as guests do</ButtonLink>}
        >
          Guests find and book it. Amenities, house rules, times, price and availability change at once;
          everything else is looked at first.
        </Notice>
      )}
      {listing.status === 'paused' && (
        <Notice title="This listing is paused">
          Nobody finds it at the moment. Bookings that were made stand.
        </Notice>
      )}
      <Row gap={2}>
        <ButtonLink href={previewPath(listing.id)}>
          <Eye size={18} aria-hidden="true" />
          Preview
        </ButtonLink>
        <PauseButton listing={listing} onDone={adopt} />
        <ArchiveButton listing={listing} onDone={adopt} />
      </Row>
    </div>
  );
}

function Submit() {
  const { store, view } = useEditor();
  const [pending, setPending] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  const ready = view.tiles.filter((tile) => tile.state === 'ready').length;
  const missing = lacks(view.values, view.price, ready);
  const done = steps.filter(({ id }) => id !== 'publish' && !missing.some((lack) => lack.step === id));

  async function submit() {
    setPending(true);
    setFailure(null);
    try {
      await store.flush();
      if (store.view().dirty || store.view().conflict) {
        throw new Error('Something of what you typed is not saved yet. See above, then hand the listing in.');
      }
      const path = { listing_id: store.id };
      const { data, etag } = await open(api.POST('/listings/{listing_id}/submit', { params: { path } }));
      store.adopt(data, etag);
      toast('Handed in. We write to you as soon as somebody has looked at it.');
      scrollTo({ top: 0 });
    } catch (error) {
      if (isFailure(error)) setFailure(error);
      else toast(error instanceof Error ? error.message : unreachable().message, { tone: 'bad' });
    } finally {
      setPending(false);
    }
  }

  return (
    <>
      <p className={styles.lead}>
        Before guests see a listing, somebody of ours looks at it, usually within a day. Until then it cannot
        be changed.
      </p>
      {failure && <Refusal failure={failure} />}
      <section aria-labelledby="check-title">
        <h3 id="check-title" className={styles.groupTitle}>
          {missing.length === 0 ? 'Everything is there' : 'Still missing'}
        </h3>
        <ul role="list" className={styles.checks}>
          {missing.map((lack) => (
            <Missing key={lack.text} lack={lack} />
          ))}
          {done.map(({ id, title }) => (
            <li key={id} className={styles.check}>
              <CircleCheck size={20} aria-hidden="true" className={styles.complete} />
              <span>
                <StepLink id={id}>{title}</StepLink>
              </span>
            </li>
          ))}
        </ul>
      </section>
      <div>
        <Button
          variant="primary"
          size="large"
          pending={pending}
          pendingLabel="Handing in…"
          onClick={() => void submit()}
        >
          Hand in for verification
        </Button>
      </div>
    </>
  );
}

function Missing({ lack }: { lack: Lack }) {
  return (
    <li className={styles.check}>
      <CircleAlert size={20} aria-hidden="true" className={styles.missing} />
      <span>
        {lack.text}{' '}
        <StepLink id={lack.step}>Go to {steps.find(({ id }) => id === lack.step)?.title}</StepLink>
      </span>
    </li>
  );
}

// What the API says, each with the way to where it is mended; the focus goes there.
function Refusal({ failure }: { failure: Failure }) {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => box.current?.focus(), [failure]);
  return (
    <div ref={box} tabIndex={-1}>
      <Notice tone="bad" title={failure.message}>
        {failure.fieldErrors.length > 1 && (
          <ul className={styles.refusals}>
            {failure.fieldErrors.map(({ field, message }) => (
              <li key={field + message}>
                {inWords(message)} <StepLink id={stepOfField(field)}>Mend it</StepLink>
              </li>
            ))}
          </ul>
        )}
        {failure.fieldErrors.length === 1 && (
          <StepLink id={stepOfField(failure.fieldErrors[0]?.field ?? '')}>Mend it</StepLink>
        )}
      </Notice>
    </div>
  );
}
