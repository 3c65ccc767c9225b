import { describe, expect, it } from 'vitest';

import { dataOf, type Failure, isFailure, open } from './failure';

type Answered<T> = Parameters<typeof open<T>>[0];

function refused(status: number, error: unknown, headers: Record<string, string> = {}): Answered<never> {
  return Promise.resolve({ error, response: new Response(null, { status, headers }) });
}

async function caught(answer: Answered<unknown>): Promise<Failure> {
  const error: unknown = await open(answer).catch((thrown: unknown) => thrown);
  if (!isFailure(error)) throw new Error('It did not fail.');
  return error;
}

const body = {
  kind: 'invalid',
  code: 'validation_failed',
  message: 'Please look at the fields.',
  request_id: 'r-1',
  field_errors: [
    { field: 'name', rule: 'required', message: 'Name must not be blank.' },
    { field: 'address.city', rule: 'required', message: 'City is required.' },
    { field: 'photos[2].caption', rule: 'max_length', message: 'Caption is too long.' },
  ],
};

describe('open', () => {
  it('opens the envelope', async () => {
    const page = { next: 'n', prev: null, limit: 20 };
    const response = new Response(null, { headers: { etag: '"7"' } });
    const got = await open(Promise.resolve({ data: { data: [1, 2], meta: { page } }, response }));
    expect(got).toMatchObject({ data: [1, 2], page, etag: '"7"' });
    expect(await dataOf(Promise.resolve({ data: { data: null, meta: {} }, response }))).toBeNull();
  });

  it('throws what the API said', async () => {
    const failure = await caught(refused(400, { error: body }));
    expect(failure).toMatchObject({
      status: 400,
      kind: 'invalid',
      code: 'validation_failed',
      requestId: 'r-1',
      retryAfter: null,
    });
    expect(failure.message).toBe('Please look at the fields.');
    expect(failure).toBeInstanceOf(Error);
  });

  it('finds what is wrong with a field, or a part of it', async () => {
    const failure = await caught(refused(400, { error: body }));
    expect(failure.field('name')).toBe('Name must not be blank.');
    expect(failure.field('address')).toBe('City is required.');
    expect(failure.field('photos')).toBe('Caption is too long.');
    expect(failure.field('nam')).toBeNull();
    expect(failure.field('names')).toBeNull();
  });

  it.each([
    ['60', 60],
    ['0', null],
    ['-5', null],
    ['Wed, 21 Oct 2026 07:28:00 GMT', null],
  ])('reads Retry-After: %s', async (header, seconds) => {
    const failure = await caught(
      refused(429, { error: { ...body, kind: 'too_many' } }, { 'retry-after': header }),
    );
    expect(failure.retryAfter).toBe(seconds);
  });

  it.each([['<html>Bad gateway</html>'], [undefined], [{}], [{ error: {} }], [null]])(
    'says that nobody answered when it was not the API: %j',
    async (error) => {
      const failure = await caught(refused(502, error));
      expect(failure).toMatchObject({ status: 0, kind: 'unreachable', code: 'unreachable' });
      expect(failure.message).toMatch(/cannot be reached/);
    },
  );

  it('says that nobody answered when nothing came', async () => {
    const failure = await caught(Promise.reject(new TypeError('Failed to fetch')));
    expect(failure).toMatchObject({ status: 0, kind: 'unreachable' });
  });
});
