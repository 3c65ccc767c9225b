'use client';

import { useState } from 'react';

import { api } from '@/lib/api/browser';
import { isFailure, open } from '@/lib/api/failure';
import { formatInstant } from '@/lib/dates';
import { rejectionReasons } from '@/lib/labels';
import { Button } from '@/ui/button';
import { Notice } from '@/ui/notice';
import { toast } from '@/ui/toast';

import { useEditor } from './context';
import { notesOf } from './notes';
import { stepOfField, steps } from './steps';
import type { EditorStore } from './store';
import { type ListingValues, valuesOf, wasApproved } from './values';

/** What there is to know about the listing as a whole, above its steps. */
export function EditorNotices() {
  const { view } = useEditor();
  const { listing, conflict } = view;
  return (
    <>
      {conflict && <ConflictNotice />}
      {listing.status === 'pending' && (
        <Notice title="This listing is being verified">
          It was handed in
          {listing.review?.submitted_at &&
            ` on ${formatInstant(listing.review.submitted_at, listing.timezone)}`}{' '}
          and cannot be changed until somebody has looked at it. We write to you as soon as that is done.
          Price, availability and calendar can be changed meanwhile.
        </Notice>
      )}
      {listing.status === 'archived' && (
        <Notice title="This listing is archived">It can be looked at, but not changed any more.</Notice>
      )}
      {listing.status === 'rejected' && <SentBack />}
      {wasApproved(listing) && <RevisionNotice />}
      <WaitingBar />
    </>
  );
}

function ConflictNotice() {
  const { store, view } = useEditor();
  const what = view.conflict === 'listing' ? 'listing' : view.conflict === 'price' ? 'price' : 'availability';
  return (
    <Notice
      tone="bad"
      title={`The ${what} was changed somewhere else meanwhile`}
      actions={
        <>
          <Button size="small" variant="primary" onClick={() => store.resolve(true)}>
            Keep what I typed
          </Button>
          <Button size="small" onClick={() => store.resolve(false)}>
            Take the other version
          </Button>
        </>
      }
    >
      You and another tab or person changed the same field. What you typed is still here and is not saved yet.
    </Notice>
  );
}

function SentBack() {
  const { view } = useEditor();
  const { review } = view.listing;
  const others = notesOf(view.listing).filter((note) => note.field === 'other');
  const where = [
    ...new Set(
      notesOf(view.listing)
        .filter((note) => note.field !== 'other')
        .map((note) => stepOfField(note.field)),
    ),
  ];
  return (
    <Notice
      tone="warning"
      title={`Sent back${review?.rejection_reason ? `: ${rejectionReasons[review.rejection_reason].toLowerCase()}` : ''}`}
    >
      {others.map((note, index) => (
        <p key={index}>{note.note}</p>
      ))}
      <p>
        {where.length > 0
          ? `There are notes beside the fields in: ${where.map((id) => steps.find((step) => step.id === id)?.title).join(', ')}. `
          : ''}
        Mend what is named and hand the listing in again under Publish.
      </p>
    </Notice>
  );
}

function RevisionNotice() {
  const { store, view } = useEditor();
  const revision = view.listing.pending_revision;
  const [pending, setPending] = useState(false);
  if (!revision) return null;
  const names = namesOf(Object.keys(revision.fields));

  async function withdraw() {
    setPending(true);
    try {
      const { data, etag } = await open(
        api.DELETE('/listings/{listing_id}/revision', {
          params: { path: { listing_id: store.id }, header: { 'If-Match': store.etag ?? '' } },
        }),
      );
      store.adopt(data, etag);
      toast('The change was withdrawn. Guests go on seeing the approved version.');
    } catch (error) {
      toast(isFailure(error) ? error.message : 'That did not work. Please try again.', { tone: 'bad' });
    } finally {
      setPending(false);
    }
  }

  if (revision.status === 'rejected') return <RejectedChange names={names} store={store} />;
  return (
    <Notice
      title="A change waits for review"
      actions={
        <Button size="small" pending={pending} onClick={() => void withdraw()}>
          Withdraw the change
        </Button>
      }
    >
      Sent on {formatInstant(revision.submitted_at, view.listing.timezone)}: {names}. Guests see, find and
      book the approved version until somebody has looked at it. What you see here is the new one.
    </Notice>
  );
}

function RejectedChange({ names, store }: { names: string; store: EditorStore }) {
  const { view } = useEditor();
  const revision = view.listing.pending_revision;
  if (!revision) return null;
  const others = revision.notes.filter((note) => note.field === 'other');
  // As if it still waited: the values that were proposed.
  const proposed = valuesOf({ ...view.listing, pending_revision: { ...revision, status: 'pending' } });
  function takeUp() {
    const changes: Partial<ListingValues> = {};
    for (const name of Object.keys(revision?.fields ?? {}) as (keyof ListingValues)[]) {
      if (name !== 'photos') Object.assign(changes, { [name]: proposed[name] });
    }
    store.set(changes);
  }
  return (
    <Notice
      tone="warning"
      title={`Your last change was sent back${revision.rejection_reason ? `: ${rejectionReasons[revision.rejection_reason].toLowerCase()}` : ''}`}
      actions={
        <Button size="small" onClick={takeUp}>
          Take the change up again
        </Button>
      }
    >
      {others.map((note, index) => (
        <p key={index}>{note.note}</p>
      ))}
      <p>It concerned: {names}. Guests see the approved version, and so do you here.</p>
    </Notice>
  );
}

function WaitingBar() {
  const { store, view } = useEditor();
  const [pending, setPending] = useState(false);
  if (view.waiting.length === 0) return null;
  async function send() {
    setPending(true);
    await store.sendForReview();
    setPending(false);
    if (store.view().waiting.length === 0 && store.view().refused.length === 0) {
      toast('Sent for review. Guests see the approved version until then.');
    }
  }
  return (
    <Notice
      tone="warning"
      title="Not sent yet"
      actions={
        <>
          <Button
            size="small"
            variant="primary"
            pending={pending}
            pendingLabel="Sending…"
            onClick={() => void send()}
          >
            Send for review
          </Button>
          <Button size="small" onClick={() => store.discardWaiting()}>
            Discard
          </Button>
        </>
      }
    >
      You changed {namesOf(view.waiting)}. Guests rely on these, so somebody looks at the change before it is
      shown. Finish what you want to change, then send it.
    </Notice>
  );
}

const words: Record<string, string> = {
  title: 'the title',
  description: 'the description',
  property_type: 'the type of place',
  room_type: 'what guests get',
  max_guests: 'the guests',
  bedrooms: 'the bedrooms',
  beds: 'the beds',
  bathrooms: 'the bathrooms',
  address: 'the address',
  location: 'the point on the map',
  photos: 'the photos',
};

function namesOf(fields: string[]): string {
  return new Intl.ListFormat('en', { type: 'conjunction' }).format(
    fields.map((field) => words[field] ?? field),
  );
}
