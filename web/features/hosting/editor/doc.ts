import { type Failure, isFailure } from '@/lib/api/failure';

/** What the API holds of a thing, and the version that an edit must name. */
export type Held<V> = { value: V; etag: string | null };

/** How a thing is read and written. send gets the values that changed and all of them. */
export type Source<V> = {
  send: (changed: Partial<V>, whole: V, etag: string | null) => Promise<Held<V>>;
  read: () => Promise<Held<V>>;
};

export function same(a: unknown, b: unknown): boolean {
  return a === b || JSON.stringify(a) === JSON.stringify(b);
}

function trimmed(value: unknown): string {
  return JSON.stringify(value, (_key, part: unknown) => (typeof part === 'string' ? part.trim() : part));
}

/** So often an edit is put on top of a newer version by itself before somebody is asked. */
const mostRebases = 3;

/**
 * One thing that is edited here and saved there: what was typed (value), what the API has (base), and what stands between. What
 * the API refuses is left out of the next save until it is changed, so that one wrong field does not hold up the others; when
 * somebody else changed the thing meanwhile, edits of other fields are joined, and only the same field needs a decision.
 */
export class Doc<V extends object> {
  base: V;
  value: V;
  etag: string | null;
  /** What somebody else made of fields that were changed here, too. */
  conflict: Held<V> | null = null;
  private readonly refused = new Map<keyof V, { value: unknown; message: string }>();
  private readonly source: Source<V>;
  private readonly heldBack: (name: keyof V) => boolean;
  private readonly whole: boolean;

  /** heldBack: fields that are not sent yet. whole: it is written as a whole or not at all, and so refused as a whole. */
  constructor(
    source: Source<V>,
    start: Held<V>,
    {
      heldBack = () => false,
      whole = false,
    }: { heldBack?: (name: keyof V) => boolean; whole?: boolean } = {},
  ) {
    this.source = source;
    this.whole = whole;
    this.base = start.value;
    this.value = start.value;
    this.etag = start.etag;
    this.heldBack = heldBack;
  }

  set(changes: Partial<V>): void {
    this.value = { ...this.value, ...changes };
  }

  /** The fields that are not as the API has them. */
  changed(): (keyof V)[] {
    return (Object.keys(this.value) as (keyof V)[]).filter(
      (name) => !same(this.value[name], this.base[name]),
    );
  }

  /** Those that the next save would bring. */
  sendable(): (keyof V)[] {
    if (this.conflict || (this.whole && this.errors().length > 0)) return [];
    return this.changed().filter((name) => !this.heldBack(name) && !this.error(name));
  }

  /** Those that wait for a decision of the person who typed them. */
  waiting(): (keyof V)[] {
    return this.changed().filter((name) => this.heldBack(name));
  }

  /** Why the API refused the value that a field has now. */
  error(name: keyof V): string | null {
    const found = this.refused.get(name);
    return found && same(found.value, this.whole ? this.value : this.value[name]) ? found.message : null;
  }

  errors(): { name: keyof V; message: string }[] {
    return (Object.keys(this.value) as (keyof V)[]).flatMap((name) => {
      const message = this.error(name);
      return message ? [{ name, message }] : [];
    });
  }

  revert(names: (keyof V)[]): void {
    const value = { ...this.value };
    for (const name of names) value[name] = this.base[name];
    this.value = value;
  }

  /** Saves what can be saved. Throws what went wrong, unless it is kept here as an error of fields or as a conflict. */
  async save(rebases = mostRebases): Promise<void> {
    const names = this.sendable();
    if (names.length === 0) return;
    const sent = this.value;
    try {
      this.take(await this.source.send(pick(sent, names), sent, this.etag), sent, names);
    } catch (error) {
      if (!isFailure(error)) throw error;
      if (error.status === 412 && rebases > 0) return this.rebase(rebases - 1);
      if (!this.refuse(error, sent, names)) throw error;
      return this.save(rebases);
    }
  }

  /** Answers a conflict: with what was typed here on top of the new version, or with the new version alone. */
  resolve(keep: boolean): void {
    if (!this.conflict) return;
    const fresh = this.conflict;
    this.conflict = null;
    if (keep) this.putOn(fresh);
    else this.replace(fresh);
  }

  /** Everything as the API has it. */
  replace(fresh: Held<V>): void {
    this.base = fresh.value;
    this.value = fresh.value;
    this.etag = fresh.etag;
    this.refused.clear();
  }

  private take(answer: Held<V>, sent: V, names: (keyof V)[]): void {
    const base = { ...answer.value };
    const value = { ...this.value };
    for (const name of Object.keys(value) as (keyof V)[]) {
      // The API trims texts; what stands in the field stays as it was typed, or a space would vanish under the hand.
      if (names.includes(name) && trimmed(base[name]) === trimmed(sent[name])) base[name] = sent[name];
      const untouched = names.includes(name)
        ? same(value[name], sent[name])
        : same(value[name], this.base[name]);
      if (untouched) value[name] = base[name];
    }
    this.base = base;
    this.value = value;
    this.etag = answer.etag;
  }

  private refuse(failure: Failure, sent: V, names: (keyof V)[]): boolean {
    const asked = this.whole ? (Object.keys(sent) as (keyof V)[]) : names;
    const wrong = asked.filter((name) => failure.field(String(name)));
    for (const name of wrong) {
      const message = failure.field(String(name)) ?? failure.message;
      this.refused.set(name, { value: this.whole ? sent : sent[name], message });
    }
    return wrong.length > 0;
  }

  private async rebase(rebases: number): Promise<void> {
    const fresh = await this.source.read();
    const both = this.changed().filter(
      (name) => !same(fresh.value[name], this.base[name]) && !same(fresh.value[name], this.value[name]),
    );
    if (both.length > 0) {
      this.conflict = fresh;
      return;
    }
    this.putOn(fresh);
    return this.save(rebases);
  }

  private putOn(fresh: Held<V>): void {
    this.value = { ...fresh.value, ...pick(this.value, this.changed()) };
    this.base = fresh.value;
    this.etag = fresh.etag;
  }
}

function pick<V extends object>(from: V, names: (keyof V)[]): Partial<V> {
  const out: Partial<V> = {};
  for (const name of names) out[name] = from[name];
  return out;
}
