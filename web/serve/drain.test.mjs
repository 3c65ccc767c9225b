import http from 'node:http';

import { describe, expect, it } from 'vitest';

import { drainOn } from './drain.mjs';

describe('drainOn', () => {
  it('goes on for a while, tells askers to leave, ends what was begun, and exits', async () => {
    let finish;
    const begun = new Promise((resolve) => (finish = resolve));
    const server = http.createServer((request, response) => {
      if (request.url === '/slow') begun.then(() => response.end('slow'));
      else response.end('quick');
    });
    const exited = new Promise((exit) => {
      server.begin = drainOn(server, { seconds: 0.2, signals: [], exit });
    });
    await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
    const base = `http://127.0.0.1:${server.address().port}`;
    expect((await fetch(base)).headers.get('connection')).toBe('keep-alive');

    server.begin();
    const slow = fetch(`${base}/slow`);
    const during = await fetch(base);
    expect(await during.text()).toBe('quick');
    expect(during.headers.get('connection')).toBe('close');

    await new Promise((resolve) => server.on('close', resolve) && setTimeout(finish, 300));
    expect(await (await slow).text()).toBe('slow');
    expect(await exited).toBe(0);
    await expect(fetch(base)).rejects.toThrow();
  });
});
