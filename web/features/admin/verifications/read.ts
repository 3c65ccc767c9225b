import type { Carried } from '@/lib/api/failure';
import type { Listing, Photo, Verification } from '@/lib/api/types';
import { paths, withQuery } from '@/lib/paths';

/** The queue as a page shows it: what is chosen, what stands beside it. */
export type Chosen = {
  verification: Verification;
  /** Its place on this page of the queue. */
  index: number;
  previous: string | null;
  next: string | null;
  /** What was asked for is not there any more, and this is the first one instead. */
  missed: boolean;
};

/** The address of a verification on a page of the queue. */
export function address(id: string | undefined, cursor: string | undefined): string {
  return withQuery(paths.verifications(), { id, cursor });
}

/** What the address names, by its own id or its listing's; else the first. Null where nothing waits. */
export function choose(
  list: Verification[],
  id: string | undefined,
  cursor: string | undefined,
): Chosen | null {
  const found = list.findIndex((one) => one.id === id);
  const byListing = found >= 0 ? found : list.findIndex((one) => one.listing.id === id);
  const index = Math.max(0, byListing);
  const verification = list[index];
  if (!verification) return null;
  const at = (place: number) => {
    const one = list[place];
    return one ? address(one.id, cursor) : null;
  };
  return {
    verification,
    index,
    previous: at(index - 1),
    next: at(index + 1),
    missed: id !== undefined && byListing < 0,
  };
}

/** The listing as it would be after the approval. */
export function proposed({ listing }: Verification): Listing {
  const change = listing.pending_revision;
  return change?.status === 'pending' ? { ...listing, ...change.fields } : listing;
}

/** Takes in what the contract leaves open: a list of photos. */
export function photosOf(value: unknown): Photo[] {
  return Array.isArray(value) ? (value as Photo[]) : [];
}

/** A page of the queue. */
export type QueuePage = Carried<Verification[]>;
