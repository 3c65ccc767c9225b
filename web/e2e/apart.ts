import { type ChildProcess, spawn } from 'node:child_process';
import http from 'node:http';
import { type AddressInfo, createServer } from 'node:net';
import path from 'node:path';

import { expect, test as plain } from '@playwright/test';

import { base } from './support';

/**
 * The way from a web server to the API, which a test can shut, as when the API is down, or make slow. What is behind it is the true
 * API.
 */
class Gate {
  private server: http.Server | null = null;
  private port = 0;
  private waiting: { pattern: RegExp; go: Promise<void> } | null = null;
  /** origin: of the web server before it. The API knows only the one of the stack, which is put in its place. */
  constructor(
    private readonly api: URL,
    private readonly origin: () => string,
  ) {}

  /** Lets everything through; gives the address. */
  async open(): Promise<string> {
    this.waiting = null;
    if (!this.server) {
      const server = http.createServer((request, response) => void this.pass(request, response));
      await new Promise<void>((done) => server.listen(this.port, '127.0.0.1', done));
      this.server = server;
      this.port = (server.address() as AddressInfo).port;
    }
    return `http://127.0.0.1:${this.port}`;
  }

  /** From now on nothing listens at its address. */
  async shut(): Promise<void> {
    const { server } = this;
    if (!server) return;
    this.server = null;
    const closed = new Promise((done) => server.close(done));
    server.closeAllConnections();
    await closed;
  }

  /** Keeps the requests whose path fits waiting until what it gives is called. */
  hold(pattern: RegExp): () => void {
    let release = () => {};
    const go = new Promise<void>((done) => (release = done));
    this.waiting = { pattern, go };
    return release;
  }

  private async pass(request: http.IncomingMessage, response: http.ServerResponse): Promise<void> {
    if (this.waiting?.pattern.test(request.url ?? '')) await this.waiting.go;
    const headers = { ...request.headers };
    if (headers.origin === this.origin()) headers.origin = base;
    const { hostname, port } = this.api;
    const onward = http.request({ hostname, port, method: request.method, path: request.url, headers });
    onward.on('response', (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.rawHeaders);
      answer.pipe(response);
    });
    onward.on('error', () => response.destroy());
    request.pipe(onward);
  }
}

/** A second web server, of the same build, with a gate between it and the API. */
export type Apart = { url: string; gate: Gate };

/** A test whose web server can lose the API, which those of the other tests keep. */
export const test = plain.extend<{ apart: Apart }, { server: Apart }>({
  server: [
    async ({}, give) => {
      const url = `http://127.0.0.1:${await freePort()}`;
      const gate = new Gate(new URL(`http://${process.env.RENTORA_HTTP_ADDR}`), () => url);
      const web = start(url, await gate.open());
      try {
        await answers(web, `${url}/healthz`);
        await give({ url, gate });
      } finally {
        const ended = web.exitCode === null ? new Promise((done) => web.once('exit', done)) : null;
        web.kill();
        await ended;
        await gate.shut();
      }
    },
    { scope: 'worker' },
  ],
  apart: async ({ server }, give) => {
    await give(server);
    await server.gate.open(); // for the next test
  },
});

function start(url: string, api: string): ChildProcess {
  const { hostname, port } = new URL(url);
  return spawn(process.execPath, ['serve.mjs'], {
    cwd: path.join(import.meta.dirname, '..'),
    stdio: ['ignore', 'ignore', 'inherit'],
    env: {
      ...process.env,
      HOSTNAME: hostname,
      PORT: port,
      RENTORA_PUBLIC_URL: url,
      RENTORA_WEB_API_URL: api,
    },
  });
}

async function answers(web: ChildProcess, url: string): Promise<void> {
  const state = async () => {
    if (web.exitCode !== null) return `it ended with ${web.exitCode}`;
    return fetch(url).then(
      (answer) => answer.status,
      () => 'no answer',
    );
  };
  await expect.poll(state, { message: 'the second web server', timeout: 60_000 }).toBe(200);
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  await new Promise((done) => server.close(done));
  return port;
}
