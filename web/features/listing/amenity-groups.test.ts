import { expect, it } from 'vitest';

import type { Amenity } from '@/lib/api/types';
import { amenities as words } from '@/lib/labels';

import { grouped } from './amenity-groups';

it('puts every amenity into exactly one named group', () => {
  const all = Object.keys(words) as Amenity[];
  const groups = grouped(all);
  expect(groups.flatMap((group) => group.amenities).sort()).toEqual([...all].sort());
  expect(groups.map((group) => group.name)).not.toContain('Also here');
});

it('leaves empty groups out and keeps what it does not know', () => {
  expect(grouped(['wifi', 'sauna' as Amenity])).toEqual([
    { name: 'Living and working', amenities: ['wifi'] },
    { name: 'Also here', amenities: ['sauna'] },
  ]);
});
