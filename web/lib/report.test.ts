import { beforeEach, describe, expect, it, vi } from 'vitest';

import { Failure } from './api/failure';
import { cleanMessage, cleanStack, describe as tell, placeOf, report } from './report';

const id = '019a7c1e-3f52-7b10-9a51-2c9d0e4f7a11';

describe('placeOf', () => {
  it.each([
    ['/', '/'],
    ['/stays', '/stays'],
    [`/listings/${id}`, '/listings/[id]'],
    [`/listings/${id}/book`, '/listings/[id]/book'],
    ['/trips/12345', '/trips/[id]'],
    ['/host/listings/new', '/host/listings/new'],
    ['/somebody@example.test/x', '/[id]/x'],
    ['/become-a-host', '/become-a-host'],
  ])('%s is %s', (pathname, place) => expect(placeOf(pathname)).toBe(place));
});

describe('cleanMessage', () => {
  it.each([
    [`Listing ${id} is gone`, 'Listing [id] is gone'],
    ['No mail to ada.lovelace+x@example.test now', 'No mail to [email] now'],
    [
      'Failed to fetch https://rentora.test/stays?destination=Porto&guests=2#map',
      'Failed to fetch https://rentora.test/stays',
    ],
    [
      'Unexpected token \'A\', "Ada Lovelace" is not valid JSON',
      'Unexpected token "…", "…" is not valid JSON',
    ],
    [
      "Cannot read properties of undefined (reading 'price')",
      "Cannot read properties of undefined (reading 'price')",
    ],
    ['Card 4111111111111111 refused', 'Card [number] refused'],
    [`Token ${'a1B2'.repeat(12)} refused`, 'Token […] refused'],
    ['Why?', 'Why?'],
    [
      'Minified React error #418; visit https://react.dev/errors/418?args[]=text&args[]= for the full message',
      'Minified React error 418',
    ],
    ['The text “my own words” is too long', 'The text "…" is too long'],
  ])('%s', (text, clean) => expect(cleanMessage(text)).toBe(clean));

  it('is not longer than the API takes', () => expect(cleanMessage('a b '.repeat(400)).length).toBe(500));
});

describe('cleanStack', () => {
  it('keeps places alone, without what stands in addresses', () => {
    const stack = [
      'TypeError: what Ada typed',
      'over two lines',
      '    at render (https://rentora.test/_next/static/chunks/app.js?v=1:10:20)',
      `    at https://rentora.test/listings/${id}?guests=2#token=secret:3:4`,
      'draw@https://rentora.test/_next/static/chunks/app.js:5:6',
    ].join('\n');
    const clean = cleanStack(stack);
    expect(clean).toBe(
      [
        '    at render (https://rentora.test/_next/static/chunks/app.js:10:20)',
        '    at https://rentora.test/listings/[id]:3:4',
        'draw@https://rentora.test/_next/static/chunks/app.js:5:6',
      ].join('\n'),
    );
  });
});

describe('what is told', () => {
  it('names kind, place and release', () => {
    const what = tell('script', new TypeError('x is not a function'), `/trips/${id}`, 'v1');
    expect(what).toMatchObject({
      kind: 'script',
      message: 'TypeError: x is not a function',
      place: '/trips/[id]',
      release: 'v1',
    });
  });

  it('names the request of a failure of the API', () => {
    const failure = new Failure(500, {
      kind: 'internal',
      code: 'internal',
      message: 'Sorry.',
      request_id: 'r-9',
    });
    expect(tell('promise', failure, '/', 'v1')).toEqual({
      kind: 'request',
      message: '500 internal',
      place: '/',
      release: 'v1',
      request_id: 'r-9',
    });
  });

  it.each([
    new Failure(404, { message: 'There is none.' }),
    new Failure(0, { message: 'Nobody answered.' }),
    new DOMException('left', 'AbortError'),
    new Error('ResizeObserver loop completed with undelivered notifications.'),
    new Error('NEXT_REDIRECT'),
    Object.assign(new Error('boom'), { stack: 'Error: boom\n    at chrome-extension://abc/content.js:1:1' }),
  ])('leaves out %s', (error) => expect(tell('promise', error, '/', 'v1')).toBeNull());

  it('says nothing of a value that was thrown, but that it was', () => {
    const what = tell('promise', { password: 'secret' }, '/', 'v1');
    expect(JSON.stringify(what)).not.toContain('secret');
  });
});

describe('report', () => {
  const fetched = vi.fn<typeof fetch>(async () => new Response());
  beforeEach(() => {
    vi.stubGlobal('fetch', fetched);
    vi.stubGlobal('location', { pathname: '/stays' });
    vi.stubGlobal('document', { querySelector: () => ({ content: 'v7' }) });
  });

  it('tells each fault once, and no more than five', () => {
    for (let n = 0; n < 10; n++) {
      report('script', new Error(`fault of kind ${'abcdefghij'[n]}`));
      report('script', new Error(`fault of kind ${'abcdefghij'[n]}`));
    }
    expect(fetched).toHaveBeenCalledTimes(5);
    const [url, init] = fetched.mock.calls[0] ?? [];
    expect(url).toBe('/api/v1/errors');
    expect(init).toMatchObject({ method: 'POST', keepalive: true });
    expect(JSON.parse(String(init?.body))).toMatchObject({ release: 'v7', place: '/stays' });
  });

  it('never fails itself', () => {
    vi.stubGlobal('location', undefined);
    expect(() => report('script', new Error('another'))).not.toThrow();
  });
});
