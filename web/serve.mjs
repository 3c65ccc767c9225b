// Runs the built web: Next's own standalone server, behind one listener that makes the pages of visitors ready to be kept.
//
// A page that is rendered for one person carries a nonce (proxy.ts). A page for a visitor is the same for everybody and may be
// kept, here and by caches in front, so a nonce would be worthless in it: its inline scripts are allowed by their hashes instead
// (CSP 3, 2.3.3), which can only be computed once the page is whole. docs/decisions/0030 has the alternatives.
import { AsyncLocalStorage } from 'node:async_hooks';
import { existsSync } from 'node:fs';
import http from 'node:http';
import path from 'node:path';

import { drainOn } from './serve/drain.mjs';
import { encoders, encodingFor } from './serve/encoding.mjs';
import { decoded, Files } from './serve/files.mjs';
import { hashesOf, Pages } from './serve/pages.mjs';
import { anonymous, isVisit } from './serve/visits.mjs';

const alone = existsSync(new URL('./server.js', import.meta.url)); // the standalone folder itself, as in the image
const folder = path.join(import.meta.dirname, alone ? '.' : '.next/standalone');

// Next.js takes some of these from its environment. A proxy in front keeps its connections for a minute, and must not find that one
// was closed just when it sends a request; how this server ends is drain.mjs' affair.
process.env.HOSTNAME ??= '127.0.0.1';
process.env.KEEP_ALIVE_TIMEOUT ??= '75000';
process.env.NEXT_MANUAL_SIG_HANDLE = 'true';
const drain = Number(process.env.RENTORA_WEB_DRAIN_SECONDS ?? 0);

const pages = new Pages({ life: 10_000, most: 32 << 20, largest: 1 << 20 });
const files = new Files(folder, { peers: process.env.RENTORA_WEB_PEERS, port: process.env.PORT ?? 3000 });

/** What is known of a visitor's page while it is rendered; lib/visit.ts says there that a part is missing. */
const visits = new AsyncLocalStorage();
globalThis[Symbol.for('rentora.visits')] = visits;

/** proxy.ts leaves the policy of a visitor's page with this in the place of its scripts' hashes. */
const placeholder = "'hashes'";
const marker = 'x-rentora-visitor';

/** Collects what the listener answers, and gives it whole to finish(body). */
function collect(response, finish) {
  const chunks = [];
  const add = (chunk, encoding) => {
    if (chunk && typeof chunk !== 'function')
      chunks.push(Buffer.from(chunk, typeof encoding === 'string' ? encoding : 'utf8'));
  };
  const { write, end, writeHead } = response;
  response.flushHeaders = () => {};
  response.writeHead = (status, ...rest) => {
    response.statusCode = status;
    const headers = rest.find((one) => typeof one === 'object') ?? {};
    for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
    return response;
  };
  response.write = (chunk, encoding, done) => {
    add(chunk, encoding);
    const callback = typeof encoding === 'function' ? encoding : done;
    if (callback) process.nextTick(callback);
    return true;
  };
  response.end = (chunk, encoding, done) => {
    add(chunk, encoding);
    Object.assign(response, { write, end, writeHead });
    const callback = [chunk, encoding, done].find((one) => typeof one === 'function');
    finish(Buffer.concat(chunks)).then(
      () => callback?.(),
      (error) => response.destroy(error),
    );
    return response;
  };
}

/** Answers a visitor's page: with its policy, compressed as the browser wishes. */
async function answer(request, response, key, page) {
  const encoding = encodingFor(request);
  if (encoding !== 'identity' && !page.bodies[encoding])
    pages.add(key, page, encoding, await encoders[encoding](page.body));
  const body = encoding === 'identity' ? page.body : page.bodies[encoding];
  for (const [name, value] of Object.entries(page.headers)) response.setHeader(name, value);
  response.setHeader('vary', 'accept-encoding, cookie, rsc, next-router-state-tree, next-router-prefetch');
  if (encoding !== 'identity') response.setHeader('content-encoding', encoding);
  response.setHeader('content-length', body.length);
  response.statusCode = page.status;
  response.end(request.method === 'HEAD' ? undefined : body);
}

function visit(request, response, listener) {
  const key = anonymous(request);
  const known = pages.get(key);
  if (known) return answer(request, response, key, known);
  request.headers[marker] = '1';
  const encoding = request.headers['accept-encoding'];
  delete request.headers['accept-encoding'];
  const state = { partial: false };
  collect(response, async (body) => {
    request.headers['accept-encoding'] = encoding;
    const html = String(response.getHeader('content-type') ?? '').includes('text/html');
    if (!html) {
      response.end(body);
      return;
    }
    const page = { status: response.statusCode, headers: { ...response.getHeaders() }, body, bodies: {} };
    const common = page.status === 200 && !state.partial && page.headers['set-cookie'] === undefined;
    seal(page, common);
    if (common && request.method === 'GET') pages.keep(key, page);
    await answer(request, response, key, page);
  });
  return visits.run(state, () => listener(request, response));
}

/** Puts the hashes into the page's policy, and says who may keep it: everybody, if it is everybody's and lacks nothing. */
function seal({ headers, body }, common) {
  const policy = String(headers['content-security-policy'] ?? '');
  headers['content-security-policy'] = policy.replace(placeholder, hashesOf(body.toString('utf8')).join(' '));
  for (const name of ['content-length', 'transfer-encoding', 'content-encoding', 'connection'])
    delete headers[name];
  headers['cache-control'] = common
    ? 'public, max-age=0, s-maxage=10, stale-while-revalidate=60'
    : 'private, no-store';
}

function file(request, response, listener) {
  files.get(request).then(
    (found) => {
      if (!found) return listener(request, response);
      const { body, headers } = found;
      response.writeHead(200, {
        ...headers,
        'content-length': body.length,
        'x-content-type-options': 'nosniff',
      });
      return response.end(body);
    },
    (error) => response.destroy(error),
  );
}

/** Next.js would answer 500 to a path whose escapes mean nothing. */
function misspelt(response) {
  const text =
    'This address is not spelt correctly: each % in it must stand before two hexadecimal digits of a character.\n';
  response.writeHead(400, {
    'content-type': 'text/plain; charset=utf-8',
    'x-content-type-options': 'nosniff',
  });
  response.end(text);
}

const { createServer } = http;
http.createServer = (...args) => {
  const listener = args.find((one) => typeof one === 'function');
  const front = (request, response) => {
    delete request.headers[marker]; // only we say it
    if (decoded((request.url ?? '/').split('?', 1)[0]) === null) return misspelt(response);
    return isVisit(request) ? visit(request, response, listener) : file(request, response, listener);
  };
  const server = createServer.call(http, ...args.map((one) => (one === listener ? front : one)));
  drainOn(server, { seconds: drain });
  // Every address, of either family: 0.0.0.0 would leave out a cluster that has IPv6 alone.
  const { listen } = server;
  server.listen = (port, host, ...rest) =>
    host === '0.0.0.0' ? listen.call(server, port, ...rest) : listen.call(server, port, host, ...rest);
  return server;
};

await import(new URL(alone ? './server.js' : './.next/standalone/server.js', import.meta.url));
