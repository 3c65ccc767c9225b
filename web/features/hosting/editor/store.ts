import { api } from '@/lib/api/browser';
import { Failure, open } from '@/lib/api/failure';
import type { AvailabilityRules, Listing, Price } from '@/lib/api/types';

import { Doc, type Held, same } from './doc';
import { Saver, type Saving } from './saver';
import { listedOf, Shelf, type Tile } from './shelf';
import {
  isEditable,
  type ListingValues,
  noPrice,
  parsePrice,
  priceValuesOf,
  type PriceValues,
  reviewedFirst,
  type RulesValues,
  valuesOf,
  wasApproved,
} from './values';

/** What the server gives the editor to start with. */
export type Start = {
  listing: Listing;
  etag: string | null;
  price: { value: Price; etag: string | null } | null;
  rules: { value: AvailabilityRules; etag: string | null };
};

/** The editor as it is drawn; another object after each change. */
export type View = {
  listing: Listing;
  values: ListingValues;
  price: PriceValues;
  rules: RulesValues;
  tiles: Tile[];
  saving: Saving;
  /** Something was typed that is not saved and will be. */
  dirty: boolean;
  /** Changes that wait until they are sent for review. */
  waiting: (keyof ListingValues)[];
  conflict: 'listing' | 'price' | 'rules' | null;
  refused: { name: string; message: string }[];
  editable: boolean;
};

/** All that is edited of one listing, and its way to the API. */
export class EditorStore {
  readonly id: string;
  readonly shelf: Shelf;
  private listing: Listing;
  private readonly facts: Doc<ListingValues>;
  private readonly priceDoc: Doc<PriceValues>;
  private readonly rulesDoc: Doc<RulesValues>;
  private readonly saver: Saver;
  private readonly listeners = new Set<() => void>();
  private sending = false;
  private seen: View;

  constructor(start: Start) {
    this.id = start.listing.id;
    this.listing = start.listing;
    const path = { listing_id: this.id };
    this.facts = new Doc<ListingValues>(
      { send: (changed, _whole, etag) => this.sendFacts(changed, etag), read: () => this.readFacts() },
      { value: valuesOf(start.listing), etag: start.etag },
      {
        heldBack: (name) =>
          !isEditable(this.listing) ||
          (wasApproved(this.listing) && reviewedFirst.has(name) && !this.sending),
      },
    );
    this.priceDoc = new Doc<PriceValues>(
      {
        send: async (_changed, whole, etag) => {
          const parsed = parsePrice(whole);
          if ('errors' in parsed) throw wrongFields(parsed.errors);
          const header = etag ? { 'If-Match': etag } : {};
          const { data, etag: next } = await open(
            api.PUT('/listings/{listing_id}/price', { params: { path, header }, body: parsed.price }),
          );
          this.listing = { ...this.listing, price: data };
          return { value: { ...whole, ...sameAs(whole, data) }, etag: next };
        },
        read: async () =>
          held(await open(api.GET('/listings/{listing_id}/price', { params: { path } })), priceValuesOf),
      },
      start.price
        ? { value: priceValuesOf(start.price.value), etag: start.price.etag }
        : { value: noPrice, etag: null },
      { whole: true },
    );
    this.rulesDoc = new Doc<RulesValues>(
      {
        send: async (_changed, whole, etag) => {
          const header = etag ? { 'If-Match': etag } : {};
          return held(
            await open(
              api.PUT('/listings/{listing_id}/availability-rules', { params: { path, header }, body: whole }),
            ),
            (rules) => rules,
          );
        },
        read: async () =>
          held(
            await open(api.GET('/listings/{listing_id}/availability-rules', { params: { path } })),
            (rules) => rules,
          ),
      },
      start.rules,
      { whole: true },
    );
    this.saver = new Saver([this.facts, this.priceDoc, this.rulesDoc], () => this.saved());
    this.shelf = new Shelf(
      () => this.emit(),
      (photos) => this.set({ photos }),
    );
    this.seen = this.draw();
    this.shelf.show(start.listing);
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  readonly view = (): View => this.seen;

  readonly set = (changes: Partial<ListingValues>): void => this.typed(() => this.facts.set(changes));
  readonly setAddress = (changes: Partial<ListingValues['address']>): void =>
    this.set({ address: { ...this.facts.value.address, ...changes } });
  readonly setLocation = (changes: Partial<ListingValues['location']>): void =>
    this.set({ location: { ...this.facts.value.location, ...changes } });
  readonly setPrice = (changes: Partial<PriceValues>): void => this.typed(() => this.priceDoc.set(changes));
  readonly setRules = (changes: Partial<RulesValues>): void => this.typed(() => this.rulesDoc.set(changes));

  error(name: keyof ListingValues): string | null {
    return this.facts.error(name);
  }

  priceError(name: keyof PriceValues): string | null {
    return this.priceDoc.error(name);
  }

  rulesError(name: keyof RulesValues): string | null {
    return this.rulesDoc.error(name);
  }

  /** Saves at once; also the answer to "try again". */
  readonly flush = (): Promise<void> => this.saver.flush();

  /** Hands the changes that are looked at first over to verification. */
  async sendForReview(): Promise<void> {
    this.sending = true;
    try {
      await this.saver.flush();
    } finally {
      this.sending = false;
      this.emit();
    }
  }

  /** Forgets the changes that were not sent for review yet. */
  discardWaiting(): void {
    this.facts.revert(this.facts.waiting());
    this.shelf.show(this.listing);
    this.emit();
  }

  resolve(keep: boolean): void {
    for (const doc of [this.facts, this.priceDoc, this.rulesDoc]) doc.resolve(keep);
    this.saver.touch(0);
    this.saved();
  }

  /** The listing after something else than an edit happened to it: handed in, withdrawn, paused. */
  readonly adopt = (listing: Listing, etag: string | null): void => {
    this.listing = { ...listing, price: listing.price ?? this.listing.price };
    this.facts.replace({ value: valuesOf(this.listing), etag });
    this.shelf.show(this.listing);
    this.emit();
  };

  get etag(): string | null {
    return this.facts.etag;
  }

  /** Whether leaving the page would lose something. */
  unsaved(): boolean {
    return (
      this.seen.dirty || this.seen.waiting.length > 0 || this.seen.conflict !== null || this.shelf.busy()
    );
  }

  // Photos that another tab has changed meanwhile are shown as they are there.
  private saved(): void {
    if (!same(listedOf(this.shelf.tiles), this.facts.value.photos)) this.shelf.show(this.listing);
    this.emit();
  }

  private typed(change: () => void): void {
    change();
    this.saver.touch();
    this.emit();
  }

  private async sendFacts(
    changed: Partial<ListingValues>,
    etag: string | null,
  ): Promise<Held<ListingValues>> {
    const { photos, ...facts } = changed;
    const path = { listing_id: this.id };
    let version = etag ?? '';
    if (Object.keys(facts).length > 0) {
      version = this.keep(
        await open(
          api.PATCH('/listings/{listing_id}', {
            params: { path, header: { 'If-Match': version } },
            body: facts,
          }),
        ),
      );
    }
    if (photos) {
      version = this.keep(
        await open(
          api.PUT('/listings/{listing_id}/photos', {
            params: { path, header: { 'If-Match': version } },
            body: { photos },
          }),
        ),
      );
    }
    return { value: valuesOf(this.listing), etag: version };
  }

  private async readFacts(): Promise<Held<ListingValues>> {
    const version = this.keep(
      await open(api.GET('/listings/{listing_id}', { params: { path: { listing_id: this.id } } })),
    );
    return { value: valuesOf(this.listing), etag: version };
  }

  private keep({ data, etag }: { data: Listing; etag: string | null }): string {
    this.listing = { ...data, price: data.price ?? this.listing.price };
    return etag ?? '';
  }

  private emit(): void {
    this.seen = this.draw();
    for (const listener of this.listeners) listener();
  }

  private draw(): View {
    const docs = [this.facts, this.priceDoc, this.rulesDoc] as const;
    return {
      listing: this.listing,
      values: this.facts.value,
      price: this.priceDoc.value,
      rules: this.rulesDoc.value,
      tiles: this.shelf.tiles,
      saving: this.saver.state,
      dirty: docs.some((doc) => doc.changed().length > doc.waiting().length),
      waiting: isEditable(this.listing) ? this.facts.waiting() : [],
      conflict: this.facts.conflict
        ? 'listing'
        : this.priceDoc.conflict
          ? 'price'
          : this.rulesDoc.conflict
            ? 'rules'
            : null,
      refused: docs.flatMap((doc) =>
        doc.errors().map(({ name, message }) => ({ name: String(name), message })),
      ),
      editable: isEditable(this.listing),
    };
  }
}

function held<A, V>({ data, etag }: { data: A; etag: string | null }, read: (from: A) => V): Held<V> {
  return { value: read(data), etag };
}

// What the API made of the price, except where it only writes the same amount in another way.
function sameAs(typed: PriceValues, price: Price): Partial<PriceValues> {
  const parsed = parsePrice(typed);
  return 'price' in parsed && JSON.stringify(parsed.price) === JSON.stringify(price)
    ? {}
    : priceValuesOf(price);
}

function wrongFields(errors: Partial<Record<string, string>>): Failure {
  const fields = Object.entries(errors).map(([field, message = '']) => ({ field, rule: 'format', message }));
  return new Failure(400, {
    message: fields[0]?.message ?? 'Something is missing.',
    kind: 'invalid',
    field_errors: fields,
  });
}

const kept = new Map<string, EditorStore>();

/**
 * The editor of a listing: the one of this tab, if it knows something that the page does not (what is unsaved, or a newer version
 * than the page that the browser kept for going back), or a new one.
 */
export function editorOf(start: Start): EditorStore {
  const before = kept.get(start.listing.id);
  if (before && (before.unsaved() || versionOf(before.etag) >= versionOf(start.etag))) return before;
  return new EditorStore(start);
}

function versionOf(etag: string | null): number {
  return Number(etag?.replaceAll('"', '') ?? 0);
}

/** Keeps the editor for when its page is left and come back to, and asks before the tab is closed over something unsaved. */
export function keepEditor(store: EditorStore): void {
  if (kept.size === 0) {
    addEventListener('beforeunload', (event) => {
      if ([...kept.values()].some((one) => one.unsaved())) event.preventDefault();
    });
  }
  kept.set(store.id, store);
}
