import { describe, expect, it } from 'vitest';

import { hashesOf, Pages } from './pages.mjs';

const page = (bytes) => ({ body: Buffer.alloc(bytes), bodies: {} });

function pages(limits = {}) {
  const clock = { now: 0 };
  return { clock, pages: new Pages({ life: 10, most: 100, largest: 60, now: () => clock.now, ...limits }) };
}

describe('Pages', () => {
  it('gives a page until its life ends', () => {
    const { clock, pages: kept } = pages();
    kept.keep('a', page(10));
    clock.now = 9;
    expect(kept.get('a')).toBeDefined();
    clock.now = 10;
    expect(kept.get('a')).toBeUndefined();
    expect(kept.bytes).toBe(0);
  });

  it('never holds more than its bytes, compressed forms included', () => {
    const { pages: kept } = pages();
    const first = page(50);
    kept.keep('a', first);
    kept.keep('b', page(40));
    kept.add('b', kept.get('b'), 'br', Buffer.alloc(20));
    expect(kept.get('a')).toBeUndefined();
    expect(kept.bytes).toBe(60);
    kept.add('a', first, 'br', Buffer.alloc(20)); // of a page that went meanwhile
    expect(kept.bytes).toBe(60);
  });

  it('keeps no page that is too large', () => {
    const { pages: kept } = pages();
    kept.keep('a', page(61));
    expect(kept.get('a')).toBeUndefined();
    expect(kept.bytes).toBe(0);
  });

  it('lets the expired go when others come', () => {
    const { clock, pages: kept } = pages();
    kept.keep('a', page(10));
    clock.now = 11;
    kept.keep('b', page(10));
    expect(kept.bytes).toBe(10);
  });

  it('counts a page once that comes again', () => {
    const { pages: kept } = pages();
    kept.keep('a', page(10));
    kept.keep('a', page(12));
    expect(kept.bytes).toBe(12);
  });
});

describe('hashesOf', () => {
  it('names each script that runs, once, and no data', () => {
    const html =
      '<script>a</script><script nonce="1">a</script><script src="/b.js"></script><script type="application/ld+json">{}</script>';
    expect(hashesOf(html)).toEqual(["'sha256-ypeBEsobvcr6wjGzmiPcTaeG7/gUfE5yuYB3ha/uSLs='"]);
  });
});
