import { lookup } from 'node:dns/promises';
import { readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';

import { encoders } from './encoding.mjs';

const types = {
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml; charset=utf-8',
  '.woff2': 'font/woff2',
};
const compressed = /^(text|application|image\/svg)/;
const forever = 'public, max-age=31536000, immutable';

/** How many names are looked for at once: anybody may ask for names that nobody has. */
const mostAsked = 20;

/** Says that a pod of the web asks another one, which then asks nobody. */
const hop = 'x-rentora-peer';

/** The files below a folder, by the address under which they are asked for. */
function listed(folder, prefix) {
  const found = new Map();
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const file = path.join(entry.parentPath, entry.name);
    found.set(prefix + path.relative(folder, file).split(path.sep).join('/'), file);
  }
  return found;
}

/**
 * The files of the build. Text is compressed better than on the fly, once. While another build is rolled out, a page of one asks pods of
 * the other for its files, whose names hold their content's hash: what is not here is looked for at the other pods.
 */
export class Files {
  #kept = new Map(); // no more than there are files
  #foreign = new Map();
  #asking = 0;

  constructor(folder, { peers = '', port = 0, fetching = fetch, find = lookup } = {}) {
    Object.assign(this, { peers, port, fetching, find });
    this.own = new Map([
      ...listed(path.join(folder, '.next', 'static'), '/_next/static/'),
      ...listed(path.join(folder, 'public', 'map'), '/map/'),
    ]);
  }

  /** Gives { body, headers } of a file that is served here; null is for Next.js to answer. */
  async get({ method, url = '/', headers }) {
    const name = decoded(url.split('?', 1)[0]);
    if (method !== 'GET' || name === null) return null;
    if (this.own.has(name)) return this.#ours(name, headers);
    if (!/^\/_next\/static\/[\w./~-]+$/.test(name) || name.includes('..') || !this.peers || headers[hop])
      return null;
    return this.#theirs(name);
  }

  async #ours(name, headers) {
    const type = types[path.extname(name)];
    if (!type || !compressed.test(type) || !/\bbr\b/.test(headers['accept-encoding'] ?? '')) return null;
    let body = this.#kept.get(name);
    if (!body) {
      body = readFile(this.own.get(name)).then(encoders.best);
      this.#kept.set(name, body);
      body.catch(() => this.#kept.delete(name)); // what failed once is tried again
    }
    const cache = name.startsWith('/_next/') ? forever : 'public, max-age=3600';
    return {
      body: await body,
      headers: {
        'content-type': type,
        'cache-control': cache,
        'content-encoding': 'br',
        vary: 'accept-encoding',
      },
    };
  }

  // Asks the other pods, all at once, for half a second. What they gave is kept as long as this pod lives: the old build's pods go.
  async #theirs(name) {
    const known = this.#foreign.get(name);
    if (known || this.#asking >= mostAsked) return known ?? null;
    this.#asking++;
    try {
      return await this.#askAll(name);
    } finally {
      this.#asking--;
    }
  }

  async #askAll(name) {
    const pods = await this.find(this.peers, { all: true }).catch(() => []);
    const asked = pods
      .slice(0, 32)
      .map(({ address, family }) => this.#ask(family === 6 ? `[${address}]` : address, name));
    const found = await Promise.any(asked).catch(() => null);
    if (found && this.#foreign.size < 500) this.#foreign.set(name, found);
    return found;
  }

  async #ask(host, name) {
    const answer = await this.fetching(`http://${host}:${this.port}${name}`, {
      headers: { [hop]: '1', 'accept-encoding': 'identity' },
      signal: AbortSignal.timeout(500),
      redirect: 'error',
    });
    const type = types[path.extname(name)] ?? 'application/octet-stream';
    if (answer.status !== 200) throw new Error(`${host} has it not`);
    const body = Buffer.from(await answer.arrayBuffer());
    if (body.length > 4 << 20) throw new Error('too large for a file of a build');
    return { body, headers: { 'content-type': type, 'cache-control': forever } };
  }
}

/** The path of an address with its escapes resolved, as the names of files are; null when it is none. */
export function decoded(name) {
  try {
    return decodeURIComponent(name);
  } catch {
    return null;
  }
}
