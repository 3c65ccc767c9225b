import { Failure, isFailure } from '@/lib/api/failure';

/** What a saver saves; a Doc is one. */
export type Savable = { sendable: () => PropertyKey[]; save: () => Promise<void> };

/** Where the saving stands. failed: the API did not take it; again: whether it is tried again by itself. */
export type Saving =
  | { kind: 'idle' }
  | { kind: 'due' }
  | { kind: 'running' }
  | { kind: 'failed'; failure: Failure; again: boolean };

/** After the last key, in milliseconds. */
const pause = 900;

/** Between one try and the next while the API cannot be reached, in milliseconds; the last one repeats. */
const patience = [2000, 5000, 15_000, 30_000];

/** Saves what is touched: after a pause, one request at a time, again and again while the API cannot be reached. */
export class Saver {
  state: Saving = { kind: 'idle' };
  private timer: ReturnType<typeof setTimeout> | undefined;
  private running: Promise<void> | null = null;
  private tries = 0;
  private readonly docs: Savable[];
  private readonly changed: () => void;

  constructor(docs: Savable[], changed: () => void) {
    this.docs = docs;
    this.changed = changed;
  }

  /** Something was typed. */
  touch(after = pause): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.flush(), after);
    if (this.state.kind === 'idle') this.to({ kind: 'due' });
  }

  /** Saves now, and resolves when there is nothing left to save or it did not work. */
  async flush(): Promise<void> {
    clearTimeout(this.timer);
    this.running ??= this.run().finally(() => {
      this.running = null;
    });
    await this.running;
  }

  private async run(): Promise<void> {
    try {
      for (;;) {
        const doc = this.docs.find((one) => one.sendable().length > 0);
        if (!doc) break;
        this.to({ kind: 'running' });
        await doc.save();
      }
      this.tries = 0;
      this.to({ kind: 'idle' });
    } catch (error) {
      this.fail(
        isFailure(error) ? error : new Failure(0, { message: 'That did not work. Please try again.' }),
      );
    }
  }

  private fail(failure: Failure): void {
    const again = failure.status === 0 || failure.status === 429 || failure.status >= 500;
    this.to({ kind: 'failed', failure, again });
    if (!again) return;
    const wait = failure.retryAfter
      ? failure.retryAfter * 1000
      : patience[Math.min(this.tries, patience.length - 1)];
    this.tries += 1;
    this.timer = setTimeout(() => void this.flush(), wait);
  }

  private to(state: Saving): void {
    this.state = state;
    this.changed();
  }
}
