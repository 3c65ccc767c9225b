import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import http from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { brotliDecompressSync } from 'node:zlib';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { Files } from './files.mjs';

const folders = [];

/** A build with one file of its own. */
function build(name) {
  const folder = mkdtempSync(path.join(tmpdir(), 'rentora-files-'));
  folders.push(folder);
  for (const [at, text] of [
    [`.next/static/chunks/${name}.js`, `console.log(${JSON.stringify(name)})`],
    ['public/map/world.json', '{}'],
    ['secret.json', '{"of": "nobody"}'],
  ]) {
    mkdirSync(path.dirname(path.join(folder, at)), { recursive: true });
    writeFileSync(path.join(folder, at), text);
  }
  return folder;
}

const ask = (url, headers = { 'accept-encoding': 'br' }, method = 'GET') => ({ method, url, headers });

/** A pod that serves a build at an address of its own of this machine, all of which have one port. */
async function pod(folder, host, port) {
  let asked = 0;
  const files = new Files(folder, { peers: 'web-peers', port, find: () => Promise.resolve([]) });
  const server = http.createServer((request, response) => {
    asked++;
    const named = files.own.get(request.url);
    files.get(request).then((found) => {
      if (found) return response.writeHead(200, found.headers).end(found.body);
      return named ? response.writeHead(200).end('as Next.js would') : response.writeHead(404).end();
    });
  });
  await new Promise((resolve) => server.listen(port, host, resolve));
  return { server, port: server.address().port, asked: () => asked };
}

let other;
beforeAll(async () => {
  other = await pod(build('new'), '127.0.0.1', 0);
});
afterAll(() => {
  other.server.close();
  for (const folder of folders) rmSync(folder, { recursive: true });
});

const among = (folder, addresses = ['127.0.0.1']) =>
  new Files(folder, {
    peers: 'web-peers',
    port: other.port,
    find: () => Promise.resolve(addresses.map((address) => ({ address, family: 4 }))),
  });

describe('Files', () => {
  it('gives its own, compressed', async () => {
    const found = await among(build('old')).get(ask('/_next/static/chunks/old.js?dpl=1'));
    expect(brotliDecompressSync(found.body).toString()).toBe('console.log("old")');
    expect(found.headers['cache-control']).toContain('immutable');
  });

  it('tries again what could not be read', async () => {
    const folder = build('old');
    const file = path.join(folder, '.next/static/chunks/old.js');
    const files = among(folder);
    rmSync(file);
    await expect(files.get(ask('/_next/static/chunks/old.js'))).rejects.toThrow('ENOENT');
    writeFileSync(file, 'back');
    const found = await files.get(ask('/_next/static/chunks/old.js'));
    expect(brotliDecompressSync(found.body).toString()).toBe('back');
  });

  it('leaves to Next.js what it cannot compress for this browser', async () => {
    expect(await among(build('old')).get(ask('/_next/static/chunks/old.js', {}))).toBeNull();
  });

  it('gets a file of another build from a pod that has it', async () => {
    const files = among(build('old'), ['127.0.0.9', '127.0.0.1']); // nobody listens at the first
    const before = other.asked();
    for (let again = 0; again < 2; again++) {
      const found = await files.get(ask('/_next/static/chunks/new.js'));
      expect(found.body.toString()).toBe('as Next.js would');
      expect(found.headers['content-type']).toContain('javascript');
    }
    expect(other.asked() - before).toBe(1);
  });

  it.each([
    ['that nobody has', '/_next/static/chunks/none.js'],
    ['outside of the build', '/_next/static/../secret.json'],
    ['outside of the build, escaped', '/_next/static/%2e%2e/secret.json'],
    ['of another spelling', '/map/./world.json'],
    ['of no spelling', '/_next/static/%E0%A4%A'],
  ])('has no file %s', async (_, url) => expect(await among(build('old')).get(ask(url))).toBeNull());

  it('asks nobody for who was asked by another pod', async () => {
    const before = other.asked();
    expect(
      await among(build('old')).get(ask('/_next/static/chunks/new.js', { 'x-rentora-peer': '1' })),
    ).toBeNull();
    expect(other.asked()).toBe(before);
  });

  it('asks for only so many names at once', async () => {
    const files = among(build('old'));
    const before = other.asked();
    await Promise.all([...Array(60).keys()].map((n) => files.get(ask(`/_next/static/chunks/none-${n}.js`))));
    expect(other.asked() - before).toBeLessThanOrEqual(20);
  });
});
