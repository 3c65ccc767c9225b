'use client';

import { Archive, Pause, Play } from 'lucide-react';
import { useState } from 'react';

import { api } from '@/lib/api/browser';
import { isFailure, open, unreachable } from '@/lib/api/failure';
import type { Listing } from '@/lib/api/types';
import { Button } from '@/ui/button';
import { Dialog } from '@/ui/dialog';
import { toast } from '@/ui/toast';

type Done = (listing: Listing, etag: string | null) => void;

/** Takes a live listing out of search, or puts a paused one back. */
export function PauseButton({ listing, onDone, size }: { listing: Listing; onDone: Done; size?: 'small' }) {
  const [pending, setPending] = useState(false);
  if (listing.status !== 'live' && listing.status !== 'paused') return null;
  const live = listing.status === 'live';
  async function act() {
    setPending(true);
    const params = { path: { listing_id: listing.id } };
    try {
      const { data, etag } = await open(
        live
          ? api.POST('/listings/{listing_id}/pause', { params })
          : api.POST('/listings/{listing_id}/resume', { params }),
      );
      onDone(data, etag);
      toast(
        live
          ? 'Paused. Nobody finds it until you put it back; bookings stand.'
          : 'Live again: guests find it within a moment.',
      );
    } catch (error) {
      toast(isFailure(error) ? error.message : unreachable().message, { tone: 'bad' });
    } finally {
      setPending(false);
    }
  }
  return (
    <Button size={size} pending={pending} onClick={() => void act()}>
      {live ? <Pause size={18} aria-hidden="true" /> : <Play size={18} aria-hidden="true" />}
      {live ? 'Pause' : 'Put back into search'}
    </Button>
  );
}

/** Retires a listing for good, after a question. */
export function ArchiveButton({ listing, onDone }: { listing: Listing; onDone: Done }) {
  const [asked, ask] = useState(false);
  const [pending, setPending] = useState(false);
  if (listing.status === 'archived') return null;
  async function archive() {
    setPending(true);
    try {
      const params = { path: { listing_id: listing.id } };
      const { data, etag } = await open(api.POST('/listings/{listing_id}/archive', { params }));
      ask(false);
      onDone(data, etag);
      toast('Archived. Bookings that were made stand.');
    } catch (error) {
      toast(isFailure(error) ? error.message : unreachable().message, { tone: 'bad' });
    } finally {
      setPending(false);
    }
  }
  return (
    <>
      <Button variant="quiet" onClick={() => ask(true)}>
        <Archive size={18} aria-hidden="true" />
        Archive…
      </Button>
      <Dialog
        alert
        open={asked}
        onClose={() => ask(false)}
        title="Archive this listing for good?"
        footer={
          <>
            <Button onClick={() => ask(false)}>Keep it</Button>
            <Button variant="danger" pending={pending} onClick={() => void archive()}>
              Archive
            </Button>
          </>
        }
      >
        <p>
          “{listing.title}” cannot be changed, found or booked any more, and this cannot be undone. Bookings
          that were made stand. To take it out of search for a while, pause it instead.
        </p>
      </Dialog>
    </>
  );
}
