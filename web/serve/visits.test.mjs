import { describe, expect, it } from 'vitest';

import { anonymous, isVisit } from './visits.mjs';

const asking = (cookie, more = {}) => ({
  method: 'GET',
  url: '/',
  headers: { accept: 'text/html', ...(cookie === undefined ? {} : { cookie }), ...more },
});

describe('isVisit', () => {
  it.each([
    ['no cookie', asking()],
    ['colours alone', asking('rentora_theme=dark')],
    ['a name that only ends like one of a session', asking('x__Host-rentora_refresh=1')],
  ])('is true with %s', (_, request) => expect(isVisit(request)).toBe(true));

  it.each([
    ['a session', asking('__Host-rentora_access=1')],
    ['blanks around the name', asking('rentora_theme=dark;  __Host-rentora_refresh =1')],
    ['a tab before the name', asking('\t__Host-rentora_refresh=1')],
    ['another case', asking('__host-Rentora_refresh=1')],
    ['a cookie without a value', asking('__Host-rentora_refresh')],
    ['a call of the API', { ...asking(), url: '/api/v1/users/me' }],
    ['a change', { ...asking(), method: 'POST' }],
    ['a part of a page', asking(undefined, { rsc: '1' })],
  ])('is false with %s', (_, request) => expect(isVisit(request)).toBe(false));
});

describe('anonymous', () => {
  it('leaves nothing by which a page could know who asks', () => {
    const request = asking('id=7; rentora_theme=dark; other=1', {
      authorization: 'Bearer x',
      'x-forwarded-host': 'evil.example',
    });
    expect(anonymous(request)).toBe('/ rentora_theme=dark');
    expect(request.headers).toEqual({ accept: 'text/html', cookie: 'rentora_theme=dark' });
  });

  it.each([
    'rentora_locale=%65n-XB',
    'xrentora_theme=dark',
    'rentora_theme=dark"; x="',
    'rentora_theme=' + 'a'.repeat(50),
    '',
  ])('takes %j for nothing', (cookie) => {
    const request = asking(cookie);
    expect(anonymous(request)).toBe('/');
    expect(request.headers.cookie).toBeUndefined();
  });

  it('gives one key whatever the order', () =>
    expect(anonymous(asking('rentora_theme=dark; rentora_locale=en-XB'))).toBe(
      anonymous(asking('a=b; rentora_locale=en-XB; rentora_theme=dark')),
    ));
});
