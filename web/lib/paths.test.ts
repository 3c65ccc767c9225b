import { describe, expect, it } from 'vitest';

import { paths, safeNext, withQuery } from './paths';

const own = 'https://rentora.example';

describe('safeNext', () => {
  it.each([
    '/',
    '/trips',
    '/stays?destination=Porto&guests=2',
    '/listings/1?check_in=2027-05-14#photos',
    '/a/../b',
    '/%2F%2Fevil.example',
  ])('goes to %s', (next) => expect(safeNext(next)).toBe(next));

  it.each([
    'https://evil.example',
    '//evil.example',
    '///evil.example',
    '/\\evil.example',
    '\\\\evil.example',
    '/\t/evil.example',
    '/\n/evil.example',
    '/\r/evil.example',
    '\t//evil.example',
    ' //evil.example',
    '/ /evil.example',
    'javascript:alert(1)',
    'data:text/html,x',
    'trips',
    '?next=/',
    '#x',
    '',
    '/a\\..\\\\evil.example',
    '/ok\n',
  ])('does not go to %j', (next) => expect(safeNext(next)).toBe('/'));

  it.each([undefined, null, 1, ['/trips'], {}])('goes home from %s', (next) =>
    expect(safeNext(next)).toBe('/'),
  );

  it('takes the fallback that it is given', () =>
    expect(safeNext('//evil.example', '/account')).toBe('/account'));

  it('never leaves the site, whatever the browser makes of it', () => {
    const pieces = [
      '/',
      '\\',
      '.',
      '..',
      '\t',
      '\n',
      ' ',
      '\u0000',
      '@',
      ':',
      'evil.example',
      '%2f',
      '%5c',
      '?',
      '#',
      'http:',
    ];
    for (const a of pieces) {
      for (const b of pieces) {
        for (const c of pieces) {
          for (const d of pieces) {
            const next = safeNext(`/${a}${b}${c}${d}`);
            expect(new URL(next, own).origin).toBe(own);
          }
        }
      }
    }
  });

  it('keeps its word through the address of the sign-in page', () => {
    const next = '/stays?destination=São Paulo&guests=2'.replace(' ', '%20');
    const query = new URL(paths.signIn(next), own).searchParams;
    expect(safeNext(query.get('next'))).toBe(next);
  });
});

describe('withQuery', () => {
  it('leaves out what has no value', () => {
    expect(withQuery('/stays', { a: undefined, b: null, c: '', d: 0, e: 'x y&z' })).toBe(
      '/stays?d=0&e=x+y%26z',
    );
    expect(withQuery('/stays', {})).toBe('/stays');
  });
});

describe('paths', () => {
  it('makes whole addresses', () => {
    expect(paths.checkout('1', { check_in: '2027-05-14', check_out: '2027-05-17', guests: 2 })).toBe(
      '/listings/1/book?check_in=2027-05-14&check_out=2027-05-17&guests=2',
    );
    expect(paths.signIn()).toBe('/sign-in');
    expect(paths.trips('past')).toBe('/trips?when=past');
  });
});
