import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { Failure } from '@/lib/api/failure';

import { Saver } from './saver';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function doc(answers: (Failure | null)[] = []) {
  const one = { left: 0, saves: 0 };
  return {
    one,
    type: () => (one.left += 1),
    sendable: () => (one.left > 0 ? ['x'] : []),
    save: async () => {
      one.saves += 1;
      const failure = answers.shift();
      if (failure) throw failure;
      one.left = 0;
    },
  };
}

describe('Saver', () => {
  it('waits for a pause and saves once', async () => {
    const d = doc();
    const saver = new Saver([d], () => undefined);
    for (let i = 0; i < 5; i++) {
      d.type();
      saver.touch();
      await vi.advanceTimersByTimeAsync(300);
    }
    expect(d.one.saves).toBe(0);
    await vi.advanceTimersByTimeAsync(1000);
    expect(d.one.saves).toBe(1);
    expect(saver.state.kind).toBe('idle');
  });

  it('tries again by itself while nobody answers', async () => {
    const d = doc([new Failure(0, { message: 'offline' }), new Failure(503, { message: 'busy' }), null]);
    const saver = new Saver([d], () => undefined);
    d.type();
    saver.touch();
    await vi.advanceTimersByTimeAsync(1000);
    expect(saver.state).toMatchObject({ kind: 'failed', again: true });
    await vi.advanceTimersByTimeAsync(10_000);
    expect(d.one.saves).toBe(3);
    expect(saver.state.kind).toBe('idle');
  });

  it('does not repeat what was refused', async () => {
    const d = doc([new Failure(401, { message: 'Sign in.' })]);
    const saver = new Saver([d], () => undefined);
    d.type();
    saver.touch();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(d.one.saves).toBe(1);
    expect(saver.state).toMatchObject({ kind: 'failed', again: false });
    await saver.flush();
    expect(d.one.saves).toBe(2);
  });

  it('runs one save at a time', async () => {
    const d = doc();
    const saver = new Saver([d], () => undefined);
    d.type();
    await Promise.all([saver.flush(), saver.flush()]);
    expect(d.one.saves).toBe(1);
  });
});
