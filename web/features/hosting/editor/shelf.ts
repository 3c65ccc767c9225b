import { idempotencyKey } from '@/lib/api/browser';
import { isFailure } from '@/lib/api/failure';
import type { Listing, Photo, Upload, Variant } from '@/lib/api/types';

import { checkFile, completeUpload, createUpload, processed, sendBytes } from './upload';
import { type PhotoValue, wanted } from './values';

/** How far a photo is on its way: it can be put into the listing from "processing" on. */
export type TileState = 'queued' | 'sending' | 'processing' | 'ready' | 'failed';

/** A photo as the editor shows it, from the moment in which its file was chosen. */
export type Tile = {
  key: string;
  state: TileState;
  caption: string;
  alt_text: string;
  /** Of its upload, once the bytes are there. */
  uploadId?: string;
  /** An address inside of this tab, until there is a better one. */
  preview?: string;
  name?: string;
  /** From 0 to 1, of the bytes. */
  progress: number;
  error?: string;
  picture?: { width: number; height: number; blurhash: string; variants: Variant[] };
};

const atOnce = 3;
export const mostPhotos = 50;

type Job = { file?: File; uploadId?: string; key: string; abort: AbortController };

/** The photos of a listing: those that are in it and those that are on their way there. Three are sent at once. */
export class Shelf {
  tiles: Tile[] = [];
  private readonly jobs = new Map<string, Job>();
  private active = 0;
  /** changed: something looks different; listed: the photos that belong into the listing are others. */
  constructor(
    private readonly changed: () => void,
    private readonly listed: (photos: PhotoValue[]) => void,
  ) {}

  /** Shows what the listing has, and goes on with what is on its way. */
  show(listing: Listing): void {
    const known = new Map(this.tiles.map((tile) => [tile.uploadId, tile]));
    const shown = wanted(listing).photos.map((photo) => tileOf(photo, known.get(photo.upload_id)));
    const ids = new Set(shown.map((tile) => tile.uploadId));
    this.tiles = [
      ...shown,
      ...this.tiles.filter((tile) => !tile.uploadId || !ids.has(tile.uploadId)).filter(isUnderWay),
    ];
    this.changed();
  }

  /** Starts to watch photos that were still being prepared when the page was opened. */
  watch(): void {
    for (const tile of this.tiles) {
      if (tile.state === 'processing' && tile.uploadId && !this.jobs.has(tile.key))
        this.follow(tile.key, tile.uploadId);
    }
  }

  add(files: File[]): void {
    const room = mostPhotos - this.tiles.length;
    for (const file of files.slice(0, Math.max(0, room))) {
      const key = idempotencyKey();
      const preview = URL.createObjectURL(file);
      this.jobs.set(key, { file, key, abort: new AbortController() });
      this.tiles = [
        ...this.tiles,
        { key, state: 'queued', caption: '', alt_text: '', progress: 0, preview, name: file.name },
      ];
    }
    this.changed();
    this.next();
  }

  /** Tries a failed one once more. */
  retry(key: string): void {
    const job = this.jobs.get(key);
    if (!job?.file) return;
    this.jobs.set(key, { file: job.file, key: idempotencyKey(), abort: new AbortController() });
    this.patch(key, { state: 'queued', progress: 0, error: undefined, uploadId: undefined });
    this.next();
  }

  canRetry(key: string): boolean {
    return this.jobs.get(key)?.file !== undefined;
  }

  remove(key: string): void {
    this.jobs.get(key)?.abort.abort();
    this.tiles = this.tiles.filter((tile) => tile.key !== key);
    this.tell();
  }

  /** Puts a removed one back where it was. */
  restore(tile: Tile, at: number): void {
    this.tiles = [...this.tiles.slice(0, at), tile, ...this.tiles.slice(at)];
    this.tell();
  }

  /** Puts the photos with these keys before or after another one. */
  move(keys: string[], target: string, where: 'before' | 'after'): void {
    this.tiles = moved(this.tiles, keys, target, where);
    this.tell();
  }

  describe(key: string, texts: { caption?: string; alt_text?: string }): void {
    this.patch(key, texts);
    this.tell();
  }

  /** Whether a file would be lost when the page is left. */
  busy(): boolean {
    return this.tiles.some((tile) => tile.state === 'queued' || tile.state === 'sending');
  }

  private tell(): void {
    this.listed(listedOf(this.tiles));
    this.changed();
  }

  private patch(key: string, changes: Partial<Tile>): void {
    this.tiles = this.tiles.map((tile) => (tile.key === key ? { ...tile, ...changes } : tile));
    this.changed();
  }

  private next(): void {
    while (this.active < atOnce) {
      const tile = this.tiles.find((one) => one.state === 'queued');
      const job = tile && this.jobs.get(tile.key);
      if (!tile || !job?.file) return;
      this.active += 1;
      this.patch(tile.key, { state: 'sending' });
      void this.send(tile.key, job.file, job)
        .catch((error: unknown) => this.failed(tile.key, error))
        .finally(() => {
          this.active -= 1;
          this.next();
        });
    }
  }

  private async send(tile: string, file: File, job: Job): Promise<void> {
    const type = await checkFile(file);
    const to = await createUpload(type, file.size, job.key);
    await sendBytes(to, file, (progress) => this.patch(tile, { progress }), job.abort.signal);
    const upload = await completeUpload(to.upload.id);
    this.patch(tile, { state: 'processing', progress: 1, uploadId: upload.id });
    this.tell();
    this.follow(tile, upload.id);
  }

  private follow(tile: string, uploadId: string): void {
    const job = this.jobs.get(tile) ?? { key: tile, uploadId, abort: new AbortController() };
    this.jobs.set(tile, job);
    processed(uploadId, job.abort.signal)
      .then((upload) => this.arrived(tile, upload))
      .catch((error: unknown) => this.failed(tile, error, false));
  }

  private arrived(tile: string, upload: Upload): void {
    if (upload.status === 'failed') {
      this.patch(tile, {
        state: 'failed',
        error: upload.failure?.message ?? 'This photo could not be read.',
      });
      this.tell(); // it leaves the listing: a failed one would hold up the others
      return;
    }
    const { width = 1, height = 1, blurhash = '', variants } = upload;
    const preview = this.tiles.find((one) => one.key === tile)?.preview;
    this.patch(tile, { state: 'ready', picture: { width, height, blurhash, variants }, preview: undefined });
    if (preview) URL.revokeObjectURL(preview);
  }

  private failed(tile: string, error: unknown, unsent = true): void {
    if (error instanceof DOMException && error.name === 'AbortError') return;
    if (!unsent && isFailure(error) && error.status === 0) return;
    const text = error instanceof Error ? error.message : 'That did not work. Please try again.';
    this.patch(tile, unsent ? { state: 'failed', error: text } : { error: text });
  }
}

function isUnderWay(tile: Tile): boolean {
  return tile.state === 'queued' || tile.state === 'sending' || tile.state === 'failed';
}

function tileOf(photo: Photo, known: Tile | undefined): Tile {
  const ready = photo.variants.length > 0;
  const picture = ready ? photo : known?.picture;
  return {
    key: known?.key ?? photo.upload_id,
    uploadId: photo.upload_id,
    state: picture ? 'ready' : 'processing',
    caption: photo.caption,
    alt_text: photo.alt_text,
    preview: known?.preview,
    name: known?.name,
    progress: 1,
    picture,
  };
}

/** Those that can be in the listing, in their order. */
export function listedOf(tiles: Tile[]): PhotoValue[] {
  return tiles.flatMap(({ state, uploadId, caption, alt_text }) =>
    uploadId && (state === 'processing' || state === 'ready')
      ? [{ upload_id: uploadId, caption, alt_text }]
      : [],
  );
}

/** The list with some of its items before or after another one, in their own order. */
export function moved<T extends { key: string }>(
  list: T[],
  keys: string[],
  target: string,
  where: 'before' | 'after',
): T[] {
  if (keys.includes(target)) return list;
  const moving = list.filter((one) => keys.includes(one.key));
  const rest = list.filter((one) => !keys.includes(one.key));
  const at = rest.findIndex((one) => one.key === target);
  if (at < 0) return list;
  const cut = where === 'before' ? at : at + 1;
  return [...rest.slice(0, cut), ...moving, ...rest.slice(cut)];
}
