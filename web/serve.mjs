// Runs the built web: Next's own standalone server, behind one listener that makes the pages of visitors ready to be kept.
//
// A page that is rendered for one person carries a nonce (proxy.ts). A page for a visitor is the same for everybody and may be
// kept, here and by caches in front, so a nonce would be worthless in it: its inline scripts are allowed by their hashes instead
// (CSP 3, 2.3.3), which can only be computed once the page is whole. docs/decisions/0030 has the alternatives.
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import http from 'node:http';
import path from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';

const encoders = {
  br: (body) => promisify(brotliCompress)(body, { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } }),
  gzip: (body) => promisify(gzip)(body),
  best: (body) => promisify(brotliCompress)(body, { params: { [constants.BROTLI_PARAM_QUALITY]: 10 } }),
};

/** How long a visitor's page is kept here, in milliseconds, how many, and up to which size, in bytes. */
const kept = { life: 10_000, most: 500, size: 1 << 20 };

const pages = new Map();

/** proxy.ts leaves the policy of a visitor's page with this in the place of its scripts' hashes. */
const placeholder = "'hashes'";
const marker = 'x-rentora-visitor';

/** Whether the request is for a page, by somebody without a session. */
function isVisit(request) {
  const { method, url = '/', headers } = request;
  return (
    (method === 'GET' || method === 'HEAD') &&
    (headers.accept ?? '').includes('text/html') &&
    headers.rsc === undefined &&
    headers['next-action'] === undefined &&
    !/__Host-rentora_(access|refresh)=/.test(headers.cookie ?? '') &&
    !/^\/(api|_next)\//.test(url)
  );
}

/** What a visitor's page depends on: its address, colours and language. */
function keyOf({ url, headers }) {
  const chosen = (headers.cookie ?? '').match(/rentora_(theme|locale)=[\w-]+/g) ?? [];
  return [url, ...chosen.sort()].join(' ');
}

/** The hashes of a page's inline scripts. Data blocks (JSON-LD) do not run and need none. */
export function hashesOf(html) {
  const hashes = new Set();
  for (const [, attributes, text] of html.matchAll(/<script\b([^>]*)>([\s\S]*?)<\/script>/gi)) {
    if (/\ssrc=/i.test(attributes) || /\stype="application\/(ld\+)?json"/i.test(attributes)) continue;
    hashes.add(`'sha256-${createHash('sha256').update(text).digest('base64')}'`);
  }
  return [...hashes];
}

function encodingFor(request) {
  const accepted = request.headers['accept-encoding'] ?? '';
  return /\bbr\b/.test(accepted) ? 'br' : /\bgzip\b/.test(accepted) ? 'gzip' : 'identity';
}

/** Collects what the listener answers, and gives it whole to finish(status, headers, body). */
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
async function answer(request, response, page) {
  const encoding = encodingFor(request);
  page.bodies[encoding] ??= encoding === 'identity' ? page.body : await encoders[encoding](page.body);
  const body = page.bodies[encoding];
  for (const [name, value] of Object.entries(page.headers)) response.setHeader(name, value);
  response.setHeader('vary', 'accept-encoding, cookie, rsc, next-router-state-tree, next-router-prefetch');
  if (encoding !== 'identity') response.setHeader('content-encoding', encoding);
  response.setHeader('content-length', body.length);
  response.statusCode = page.status;
  response.end(request.method === 'HEAD' ? undefined : body);
}

function visit(request, response, listener) {
  const key = keyOf(request);
  const known = pages.get(key);
  if (known && known.until > Date.now()) return answer(request, response, known);
  request.headers[marker] = '1';
  const encoding = request.headers['accept-encoding'];
  delete request.headers['accept-encoding'];
  collect(response, async (body) => {
    request.headers['accept-encoding'] = encoding;
    const html = String(response.getHeader('content-type') ?? '').includes('text/html');
    if (!html) {
      response.end(body);
      return;
    }
    const page = {
      status: response.statusCode,
      headers: { ...response.getHeaders() },
      body,
      bodies: {},
      until: Date.now() + kept.life,
    };
    seal(page);
    if (page.status === 200 && request.method === 'GET' && body.length <= kept.size) keep(key, page);
    await answer(request, response, page);
  });
  return listener(request, response);
}

/** Puts the hashes into the page's policy, and says who may keep it. */
function seal({ headers, body, status }) {
  const policy = String(headers['content-security-policy'] ?? '');
  headers['content-security-policy'] = policy.replace(placeholder, hashesOf(body.toString('utf8')).join(' '));
  for (const name of ['content-length', 'transfer-encoding', 'content-encoding']) delete headers[name];
  if (status === 200) headers['cache-control'] = 'public, max-age=0, s-maxage=10, stale-while-revalidate=60';
}

function keep(key, page) {
  pages.delete(key);
  pages.set(key, page);
  if (pages.size > kept.most) pages.delete(pages.keys().next().value);
}

/** Files of the build, by their address, compressed once. Their number is that of the build's files. */
const files = new Map();
const folder = path.join(
  import.meta.dirname,
  existsSync(new URL('./server.js', import.meta.url)) ? '.' : '.next/standalone',
);
const types = {
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
};

/** Gives a text file of the build, compressed better than on the fly; null for everything else, which Next.js serves. */
async function fileOf({ method, url = '/', headers }) {
  const name = url.split('?', 1)[0];
  const type = types[path.extname(name)];
  if (method !== 'GET' || !type || !/^\/(_next\/static|map)\/[\w./~-]+$/.test(name) || name.includes('..'))
    return null;
  if (!/\bbr\b/.test(headers['accept-encoding'] ?? '')) return null;
  if (!files.has(name)) {
    const source = name.startsWith('/_next/') ? name.replace('/_next/', '/.next/') : `/public${name}`;
    files.set(
      name,
      readFile(path.join(folder, source)).then(
        (text) => encoders.best(text),
        () => null,
      ),
    );
  }
  const body = await files.get(name);
  if (!body) files.delete(name);
  const cache = name.startsWith('/_next/') ? 'public, max-age=31536000, immutable' : 'public, max-age=3600';
  return body && { body, headers: { 'content-type': `${type}; charset=utf-8`, 'cache-control': cache } };
}

function file(request, response, listener) {
  fileOf(request).then(
    (found) => {
      if (!found) return listener(request, response);
      const { body, headers } = found;
      const always = { 'content-encoding': 'br', 'content-length': body.length, vary: 'accept-encoding' };
      response.writeHead(200, { ...headers, ...always, 'x-content-type-options': 'nosniff' });
      return response.end(body);
    },
    (error) => response.destroy(error),
  );
}

const { createServer } = http;
http.createServer = (...args) => {
  const listener = args.find((one) => typeof one === 'function');
  const front = (request, response) => {
    delete request.headers[marker]; // only we say it
    return isVisit(request) ? visit(request, response, listener) : file(request, response, listener);
  };
  return createServer.call(http, ...args.map((one) => (one === listener ? front : one)));
};

process.env.HOSTNAME ??= '127.0.0.1';
const standalone = existsSync(new URL('./server.js', import.meta.url))
  ? './server.js'
  : './.next/standalone/server.js';
await import(new URL(standalone, import.meta.url));
