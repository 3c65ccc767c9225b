import { describe, expect, it } from 'vitest';

import type { Verification } from '@/lib/api/types';

import { choose } from './read';

const one = (id: string, listing = id) => ({ id, listing: { id: listing } }) as unknown as Verification;

describe('choose', () => {
  const list = [one('a'), one('rev', 'b'), one('c')];

  it('takes the first without a wish, and names its neighbours', () => {
    expect(choose(list, undefined, undefined)).toMatchObject({
      index: 0,
      previous: null,
      next: '/admin/verifications?id=rev',
      missed: false,
    });
  });

  it('finds a change by its own id and by its listing', () => {
    expect(choose(list, 'rev', 'x')).toMatchObject({
      index: 1,
      previous: '/admin/verifications?id=a&cursor=x',
    });
    expect(choose(list, 'b', undefined)).toMatchObject({ index: 1, missed: false });
  });

  it('says when what was asked for is gone', () => {
    expect(choose(list, 'gone', undefined)).toMatchObject({ index: 0, missed: true });
    expect(choose([], 'gone', undefined)).toBeNull();
  });
});
