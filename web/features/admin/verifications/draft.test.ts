import { describe, expect, it } from 'vitest';

import { check, complaints, type Draft, draftOf, mostNotes, withNote, written } from './draft';

const draft = (reason: Draft['reason'], ...notes: string[]): Draft => ({
  reason,
  notes: notes.map((note, index) => ({ key: index * 10, field: 'title', note })),
});

describe('a draft', () => {
  it('begins with a note on what changed', () => {
    expect(draftOf(['capacity', 'title']).notes).toEqual([{ key: 0, field: 'capacity', note: '' }]);
    expect(draftOf([]).notes[0]?.field).toBe('photos');
  });

  it('gets notes on fields that have none yet, up to the most there can be', () => {
    let now = draftOf(['title', 'photos']);
    now = withNote(withNote(now, ['title', 'photos']), ['title', 'photos']);
    expect(now.notes.map(({ key, field }) => [key, field])).toEqual([
      [0, 'title'],
      [1, 'photos'],
      [2, 'other'],
    ]);
    for (let i = 0; i < 30; i++) now = withNote(now, []);
    expect(now.notes).toHaveLength(mostNotes);
    expect(withNote({ reason: '', notes: [] }, []).notes[0]?.key).toBe(0);
  });

  it('sends the notes that say something', () => {
    expect(written(draft('photos', ' ', ' Too dark. ')).map(({ note }) => note)).toEqual(['Too dark.']);
  });

  it('needs a reason, and words for another one', () => {
    expect(check(draft('', 'x'))?.reason).toBeTruthy();
    expect(check(draft('other', ''))?.notes[0]).toBeTruthy();
    expect(check({ reason: 'other', notes: [] })?.reason).toBeTruthy();
    expect(check(draft('other', 'x'))).toBeNull();
    expect(check(draft('photos'))).toBeNull();
  });

  it('knows which note the API means', () => {
    const said = (name: string) => (name === 'notes[1]' ? 'too long' : null);
    expect(complaints(draft('photos', 'a', '', 'b'), said)).toEqual({ notes: { 20: 'too long' } });
    expect(complaints(draft('photos', 'a'), said)).toBeNull();
  });
});
