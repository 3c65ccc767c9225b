import { describe, expect, it, vi } from 'vitest';

import { Failure } from '@/lib/api/failure';

import { emailProblem, nameProblem, newPasswordProblem, problemsOf } from './checks';
import { deviceOf } from './device';
import { tokenOf } from './link-token';
import { rememberedNext, rememberNext } from './next-step';
import { failureWords, waitWords } from './words';

describe('deviceOf', () => {
  it.each([
    [
      'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Safari/537.36',
      'Chrome on Windows',
      'computer',
    ],
    [
      'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Safari/537.36 Edg/130.0.0.0',
      'Edge on Windows',
      'computer',
    ],
    [
      'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Safari/537.36 OPR/115.0',
      'Opera on Windows',
      'computer',
    ],
    [
      'Mozilla/5.0 (X11; Linux x86_64; rv:132.0) Gecko/20100101 Firefox/132.0',
      'Firefox on Linux',
      'computer',
    ],
    [
      'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Safari/605.1.15',
      'Safari on a Mac',
      'computer',
    ],
    [
      'Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Mobile/15E148 Safari/604.1',
      'Safari on iPhone',
      'phone',
    ],
    [
      'Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) CriOS/130.0 Mobile/15E148 Safari/604.1',
      'Chrome on iPhone',
      'phone',
    ],
    [
      'Mozilla/5.0 (iPad; CPU OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Mobile/15E148 Safari/604.1',
      'Safari on iPad',
      'tablet',
    ],
    [
      'Mozilla/5.0 (Linux; Android 15; Pixel 9) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Mobile Safari/537.36',
      'Chrome on Android',
      'phone',
    ],
    [
      'Mozilla/5.0 (Linux; Android 14; SM-X910) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Safari/537.36',
      'Chrome on an Android tablet',
      'tablet',
    ],
    [
      'Mozilla/5.0 (Linux; Android 14; SM-S918B) AppleWebKit/537.36 (KHTML, like Gecko) SamsungBrowser/26.0 Chrome/122.0 Mobile Safari/537.36',
      'Samsung Internet on Android',
      'phone',
    ],
    [
      'Mozilla/5.0 (X11; CrOS x86_64 14541.0.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Safari/537.36',
      'Chrome on ChromeOS',
      'computer',
    ],
    [
      'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) HeadlessChrome/130.0 Safari/537.36',
      'Chrome on Linux',
      'computer',
    ],
    ['curl/8.10.1', 'curl', 'program'],
    ['Go-http-client/1.1', 'Go-http-client', 'program'],
    ['node', 'node', 'program'],
    ['', 'An unknown device', 'unknown'],
    ['Mozilla/5.0', 'An unknown device', 'unknown'],
    ['<script>alert(1)</script>', 'An unknown device', 'unknown'],
  ])('%s', (agent, name, kind) => expect(deviceOf(agent)).toEqual({ name, kind }));
});

describe('checks', () => {
  it.each(['ada@example.test', ' ada@example.test ', 'a+b@x.co'])('takes the address %s', (text) =>
    expect(emailProblem(text)).toBeNull(),
  );
  it.each([
    '',
    'ada',
    'ada@example',
    'ada @example.test',
    '@example.test',
    `${'a'.repeat(250)}@example.test`,
  ])('refuses the address %s', (text) => expect(emailProblem(text)).not.toBeNull());

  it('counts a password as the API does', () => {
    expect(newPasswordProblem('')).toMatch(/choose/);
    expect(newPasswordProblem('123456789')).toMatch(/has 9/);
    expect(newPasswordProblem('1234567890')).toBeNull();
    expect(newPasswordProblem('👍'.repeat(9))).toMatch(/has 9/);
    expect(newPasswordProblem('👍'.repeat(18))).toBeNull();
    expect(newPasswordProblem('👍'.repeat(19))).toMatch(/at most 72/);
    expect(newPasswordProblem('a'.repeat(73))).toMatch(/at most 72/);
    expect(newPasswordProblem('          ')).toBeNull();
  });

  it('counts a name', () => {
    expect(nameProblem('   ')).not.toBeNull();
    expect(nameProblem('李'.repeat(100))).toBeNull();
    expect(nameProblem('a'.repeat(101))).not.toBeNull();
  });

  it('leaves what is wrong', () => {
    expect(problemsOf({ a: null, b: 'x' })).toEqual({ b: 'x' });
    expect(problemsOf({ a: null })).toBeNull();
  });
});

describe('words', () => {
  it.each([
    [1, 'a minute'],
    [60, 'a minute'],
    [61, '2 minutes'],
    [899, '15 minutes'],
    [3500, 'about an hour'],
    [7200, 'about 2 hours'],
  ])('%i seconds are %s', (seconds, words) => expect(waitWords(seconds)).toBe(words));

  it('says how long to wait', () => {
    const body = { message: 'Too many.' };
    expect(failureWords(new Failure(429, body, 600))).toContain('wait 10 minutes');
    expect(failureWords(new Failure(429, body))).toContain('wait a few minutes');
    expect(failureWords(new Failure(403, body))).toBe('Too many.');
  });
});

describe('tokenOf', () => {
  it.each([
    ['#token=abc', 'abc'],
    ['#token=a-b_c', 'a-b_c'],
    ['#x=1&token=abc', 'abc'],
    ['', null],
    ['#', null],
    ['#token=', null],
    ['#content', null],
    [`#token=${'a'.repeat(201)}`, null],
  ])('%s', (fragment, token) => expect(tokenOf(fragment)).toBe(token));
});

describe('where to go on to', () => {
  it('is kept for a day, and never leads elsewhere', () => {
    const stored = new Map<string, string>();
    vi.stubGlobal('localStorage', {
      getItem: (key: string) => stored.get(key) ?? null,
      setItem: (key: string, value: string) => stored.set(key, value),
      removeItem: (key: string) => stored.delete(key),
    });
    expect(rememberedNext()).toBeUndefined();
    rememberNext('/trips', 1000);
    expect(rememberedNext(2000)).toBe('/trips');
    expect(rememberedNext(1000 + 25 * 3_600_000)).toBeUndefined();
    rememberNext('//evil.example', 1000);
    expect(rememberedNext(2000)).toBeUndefined();
    rememberNext('/', 1000);
    expect(stored.size).toBe(0);
    stored.set('rentora:after-sign-in', 'nonsense');
    expect(rememberedNext()).toBeUndefined();
    vi.unstubAllGlobals();
    expect(rememberedNext()).toBeUndefined();
  });
});
