'use client';

import { useRouter } from 'next/navigation';
import { useState } from 'react';

import { api, idempotencyKey } from '@/lib/api/browser';
import { dataOf, isFailure, unreachable } from '@/lib/api/failure';
import type { Block } from '@/lib/api/types';
import { type CalendarDate, formatRange, nightsBetween, plural } from '@/lib/dates';
import { toast } from '@/ui/toast';

type Wanted = { start: CalendarDate; end: CalendarDate; note: string };

/** The blocks of a listing: what is done here is seen at once, undone when the API refuses it, and can be taken back. */
export function useBlocks(listing_id: string, fromServer: Block[]) {
  const router = useRouter();
  const [blocks, setBlocks] = useState(fromServer);
  const [seen, setSeen] = useState(fromServer);
  if (seen !== fromServer) {
    setSeen(fromServer);
    setBlocks(fromServer);
  }

  async function block({ start, end, note }: Wanted, again = false): Promise<boolean> {
    const draft: Block = { id: idempotencyKey(), start, end, note, created_at: new Date().toISOString() };
    setBlocks((before) => [...before, draft]);
    try {
      const made = await dataOf(
        api.POST('/listings/{listing_id}/blocks', {
          params: { path: { listing_id }, header: { 'Idempotency-Key': draft.id } },
          body: note ? { start, end, note } : { start, end },
        }),
      );
      setBlocks((before) => before.map((one) => (one.id === draft.id ? made : one)));
      const said = `${plural(nightsBetween(start, end), 'night')} blocked: ${formatRange(start, end)}.`;
      toast(
        again ? `${said} As before.` : said,
        again ? {} : { action: { label: 'Undo', run: () => void unblock(made, true) } },
      );
      router.refresh();
      return true;
    } catch (error) {
      setBlocks((before) => before.filter((one) => one.id !== draft.id));
      toast(refusal(error), { tone: 'bad' });
      router.refresh();
      return false;
    }
  }

  async function unblock(one: Block, again = false): Promise<void> {
    setBlocks((before) => before.filter((other) => other.id !== one.id));
    try {
      const params = { path: { listing_id, block_id: one.id } };
      await dataOf(api.DELETE('/listings/{listing_id}/blocks/{block_id}', { params }));
      const said = `${plural(nightsBetween(one.start, one.end), 'night')} open again: ${formatRange(one.start, one.end)}.`;
      toast(said, again ? {} : { action: { label: 'Undo', run: () => void block(one, true) } });
    } catch (error) {
      // Somebody else was quicker: what was wanted is so.
      if (!isFailure(error) || error.status !== 404) {
        setBlocks((before) => [...before, one]);
        toast(refusal(error), { tone: 'bad' });
      }
    }
    router.refresh();
  }

  return { blocks, block, unblock };
}

/** Why nights cannot be blocked, in a sentence. */
export function refusal(error: unknown): string {
  if (!isFailure(error)) return unreachable().message;
  const way = error.details.in_the_way as { kind?: string; start?: string; end?: string } | undefined;
  if (error.code === 'dates_taken' && way?.start && way.end) {
    const kind = way.kind === 'block' ? 'Another block' : 'A booking';
    return `${kind} is in the way: ${formatRange(way.start, way.end)}. Nothing was blocked.`;
  }
  return error.fieldErrors[0]?.message ?? error.message;
}
