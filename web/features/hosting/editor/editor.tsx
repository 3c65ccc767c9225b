'use client';

import { ArrowLeft, ArrowRight, CircleCheck, CircleDashed, MessageSquareWarning } from 'lucide-react';
import { useSearchParams } from 'next/navigation';
import { type ComponentType, useEffect, useRef } from 'react';

import { listingStatuses } from '@/lib/labels';
import { paths } from '@/lib/paths';
import { Badge } from '@/ui/badge';
import { ButtonLink } from '@/ui/button';

import { statusTones } from '../tones';
import { previewPath } from '../ways';
import { EditorProvider, useEditor } from './context';
import styles from './editor.module.css';
import { StepLink } from './editor-links';
import { notesOf } from './notes';
import { EditorNotices } from './notices';
import { SaveState } from './save-state';
import { AmenitiesStep } from './step-amenities';
import { BasicsStep } from './step-basics';
import { CapacityStep } from './step-capacity';
import { PhotosStep } from './step-photos';
import { PlaceStep } from './step-place';
import { PriceStep } from './step-price';
import { PublishStep } from './step-publish';
import { RulesStep } from './step-rules';
import { lacks, stepOfField, stepOfName, type StepId, steps } from './steps';
import type { Start } from './store';

const bodies: Record<StepId, ComponentType> = {
  basics: BasicsStep,
  place: PlaceStep,
  capacity: CapacityStep,
  amenities: AmenitiesStep,
  photos: PhotosStep,
  price: PriceStep,
  rules: RulesStep,
  publish: PublishStep,
};

/** The editor of a listing in steps; everything is saved as it is typed. */
export function Editor({ start }: { start: Start }) {
  return (
    <EditorProvider start={start}>
      <Frame />
    </EditorProvider>
  );
}

function Frame() {
  const { view } = useEditor();
  const step = stepOfName(useSearchParams().get('step'));
  const index = steps.findIndex((one) => one.id === step);
  const Body = bodies[step];
  const heading = useRef<HTMLHeadingElement>(null);
  const shown = useRef(step);
  useEffect(() => {
    if (shown.current === step) return;
    shown.current = step;
    heading.current?.focus({ preventScroll: true });
  }, [step]);
  const before = steps[index - 1];
  const after = steps[index + 1];
  return (
    <div className={styles.editor}>
      <header className={styles.head}>
        <div className={styles.headTitle}>
          <h1>{view.values.title.trim() || 'Untitled listing'}</h1>
          <Badge tone={statusTones[view.listing.status]}>{listingStatuses[view.listing.status]}</Badge>
        </div>
        <div className={styles.headLinks}>
          <ButtonLink href={paths.hostCalendar(view.listing.id)} size="small">
            Calendar
          </ButtonLink>
          <ButtonLink href={previewPath(view.listing.id)} size="small">
            Preview
          </ButtonLink>
        </div>
      </header>
      <StepNav current={step} />
      <section className={styles.body} aria-labelledby="step-title">
        <EditorNotices />
        <h2 id="step-title" ref={heading} tabIndex={-1} className={styles.stepTitle}>
          {steps[index]?.title}
        </h2>
        <Body />
        <nav aria-label="Steps before and after" className={styles.ways}>
          <SaveState />
          {before && (
            <StepLink id={before.id} className={styles.way}>
              <ArrowLeft size={18} aria-hidden="true" className={styles.arrow} />
              {before.title}
            </StepLink>
          )}
          {after && (
            <StepLink id={after.id} className={styles.wayOn}>
              {after.title}
              <ArrowRight size={18} aria-hidden="true" className={styles.arrow} />
            </StepLink>
          )}
        </nav>
      </section>
    </div>
  );
}

function StepNav({ current }: { current: StepId }) {
  const { view } = useEditor();
  const ready = view.tiles.filter((tile) => tile.state === 'ready').length;
  const open = new Set(lacks(view.values, view.price, ready).map((lack) => lack.step));
  const noted = new Set(notesOf(view.listing).map((note) => stepOfField(note.field)));
  const list = useRef<HTMLOListElement>(null);
  useEffect(() => {
    // Only sideways, inside of the list: the page stays where it is.
    const chosen = list.current?.querySelector<HTMLElement>('[aria-current]');
    if (list.current && chosen) list.current.scrollLeft = chosen.offsetLeft - list.current.clientWidth / 3;
  }, [current]);
  return (
    <nav aria-label="Steps of the listing" className={styles.nav}>
      <ol role="list" ref={list}>
        {steps.map(({ id, title }) => (
          <li key={id}>
            <StepLink id={id} current={current === id} className={styles.navLink}>
              <State missing={open.has(id)} noted={noted.has(id)} plain={id === 'publish'} />
              {title}
            </StepLink>
          </li>
        ))}
      </ol>
    </nav>
  );
}

function State({ missing, noted, plain }: { missing: boolean; noted: boolean; plain: boolean }) {
  if (noted)
    return <MessageSquareWarning size={18} aria-label="Has a note: " role="img" className={styles.noted} />;
  if (plain) return <ArrowRight size={18} aria-hidden="true" className={styles.arrow} />;
  if (missing)
    return <CircleDashed size={18} aria-label="Not complete: " role="img" className={styles.missing} />;
  return <CircleCheck size={18} aria-label="Complete: " role="img" className={styles.complete} />;
}
