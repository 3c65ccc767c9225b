import { createHash } from 'node:crypto';

/** The hashes of a page's inline scripts. Data blocks (JSON-LD) do not run and need none. */
export function hashesOf(html) {
  const hashes = new Set();
  for (const [, attributes, text] of html.matchAll(/<script\b([^>]*)>([\s\S]*?)<\/script>/gi)) {
    if (/\ssrc=/i.test(attributes) || /\stype="application\/(ld\+)?json"/i.test(attributes)) continue;
    hashes.add(`'sha256-${createHash('sha256').update(text).digest('base64')}'`);
  }
  return [...hashes];
}

/**
 * Pages of visitors, each for life milliseconds, all together of so many bytes at most, with their compressed forms. Each has about
 * the same life, so that the oldest is the first to go.
 */
export class Pages {
  #pages = new Map();
  #bytes = 0;

  constructor({ life, most, largest, now = Date.now }) {
    Object.assign(this, { life, most, largest, now });
  }

  get bytes() {
    return this.#bytes;
  }

  /** The page, if there is a fresh one. */
  get(key) {
    const page = this.#pages.get(key);
    if (page && page.until <= this.now()) this.#drop(key);
    return this.#pages.get(key);
  }

  keep(key, page) {
    this.#drop(key);
    if (page.body.length > this.largest) return;
    page.until = this.now() + this.life;
    page.bytes = page.body.length;
    this.#pages.set(key, page);
    this.#bytes += page.bytes;
    this.#bound();
  }

  /** Adds a compressed form of a page, whether it is still kept or not. */
  add(key, page, encoding, body) {
    page.bodies[encoding] = body;
    if (this.#pages.get(key) !== page) return;
    page.bytes += body.length;
    this.#bytes += body.length;
    this.#bound();
  }

  #bound() {
    for (const [key, page] of this.#pages) {
      if (this.#bytes <= this.most && page.until > this.now()) return;
      this.#drop(key);
    }
  }

  #drop(key) {
    this.#bytes -= this.#pages.get(key)?.bytes ?? 0;
    this.#pages.delete(key);
  }
}
