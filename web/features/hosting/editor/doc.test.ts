import { describe, expect, it, vi } from 'vitest';

import { Failure } from '@/lib/api/failure';

import { Doc, type Held } from './doc';

type Thing = { title: string; guests: number; city: string };
const start: Held<Thing> = { value: { title: 'Loft', guests: 2, city: 'Lisbon' }, etag: '"1"' };

function world(server: Held<Thing> = start) {
  const state = { held: server };
  const send = vi.fn(async (changed: Partial<Thing>, _whole: Thing, etag: string | null) => {
    if (etag !== state.held.etag) throw new Failure(412, { message: 'stale' });
    const title = changed.title;
    if (title === '') {
      throw new Failure(400, {
        message: 'wrong',
        field_errors: [{ field: 'title', rule: 'required', message: 'title must not be empty.' }],
      });
    }
    const next = Number(etag?.replaceAll('"', '')) + 1;
    const value = { ...state.held.value, ...changed };
    state.held = { value: { ...value, title: value.title.trim() }, etag: `"${next}"` };
    return state.held;
  });
  return { state, send, doc: new Doc<Thing>({ send, read: async () => state.held }, start) };
}

describe('Doc', () => {
  it('sends only what changed, and is clean afterwards', async () => {
    const { doc, send } = world();
    doc.set({ guests: 3 });
    await doc.save();
    expect(send).toHaveBeenCalledWith({ guests: 3 }, expect.anything(), '"1"');
    expect(doc.changed()).toEqual([]);
    expect(doc.etag).toBe('"2"');
  });

  it('keeps a space at the end of what is being typed', async () => {
    const { doc } = world();
    doc.set({ title: 'Loft by ' });
    await doc.save();
    expect(doc.value.title).toBe('Loft by ');
    expect(doc.changed()).toEqual([]);
  });

  it('keeps what was typed while a save was on its way', async () => {
    const { doc } = world();
    doc.set({ title: 'Loft A' });
    const saving = doc.save();
    doc.set({ title: 'Loft AB' });
    await saving;
    expect(doc.value.title).toBe('Loft AB');
    expect(doc.changed()).toEqual(['title']);
  });

  it('saves the other fields when one is refused, until that one is changed', async () => {
    const { doc, state } = world();
    doc.set({ title: '', guests: 4 });
    await doc.save();
    expect(state.held.value).toEqual({ title: 'Loft', guests: 4, city: 'Lisbon' });
    expect(doc.error('title')).toBe('title must not be empty.');
    expect(doc.sendable()).toEqual([]);
    doc.set({ title: 'Nest' });
    expect(doc.error('title')).toBeNull();
    await doc.save();
    expect(state.held.value.title).toBe('Nest');
  });

  it('joins an edit with that of somebody else when the fields differ', async () => {
    const { doc, state } = world();
    state.held = { value: { ...start.value, city: 'Porto' }, etag: '"5"' };
    doc.set({ title: 'Nest' });
    await doc.save();
    expect(state.held.value).toEqual({ title: 'Nest', guests: 2, city: 'Porto' });
    expect(doc.value.city).toBe('Porto');
  });

  it('asks when both changed the same field, and loses neither', async () => {
    const { doc, state } = world();
    state.held = { value: { ...start.value, title: 'Theirs' }, etag: '"5"' };
    doc.set({ title: 'Mine' });
    await doc.save();
    expect(doc.conflict?.value.title).toBe('Theirs');
    expect(doc.value.title).toBe('Mine');
    expect(doc.sendable()).toEqual([]);
    doc.resolve(true);
    await doc.save();
    expect(state.held.value.title).toBe('Mine');
  });

  it('takes the other version when that is wanted', async () => {
    const { doc, state } = world();
    state.held = { value: { ...start.value, title: 'Theirs' }, etag: '"5"' };
    doc.set({ title: 'Mine' });
    await doc.save();
    doc.resolve(false);
    expect(doc.value.title).toBe('Theirs');
    expect(doc.changed()).toEqual([]);
  });

  it('is refused as a whole when it is written as a whole, until anything of it changes', async () => {
    const { send } = world();
    const doc = new Doc<Thing>(
      { send: (_changed, whole, etag) => send(whole, whole, etag), read: async () => start },
      start,
      { whole: true },
    );
    doc.set({ title: '', guests: 4 });
    await doc.save();
    expect(send).toHaveBeenCalledTimes(1);
    expect(doc.error('title')).toBe('title must not be empty.');
    expect(doc.sendable()).toEqual([]);
    doc.set({ guests: 5 });
    expect(doc.sendable()).not.toEqual([]);
  });

  it('holds back what is not to be sent yet', async () => {
    const { send } = world();
    const doc = new Doc<Thing>({ send, read: async () => start }, start, {
      heldBack: (name) => name === 'title',
    });
    doc.set({ title: 'Later', guests: 5 });
    await doc.save();
    expect(send).toHaveBeenCalledWith({ guests: 5 }, expect.anything(), '"1"');
    expect(doc.waiting()).toEqual(['title']);
  });
});
