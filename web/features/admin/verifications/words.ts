/** A piece of a text that is the same on both sides, or is not. */
export type Run = { text: string; changed: boolean };

type Token = { word: string; text: string };

/** More comparisons than this are not worth their time: then what differs is marked as a whole. */
const most = 4_000_000;

// A word with what follows it up to the next: two texts that are only wrapped in another way say the same.
function tokens(text: string): Token[] {
  const found = text.match(/(?:[\p{L}\p{N}'’-]+|[^\s])\s*|^\s+/gu) ?? [];
  return found.map((piece) => ({ word: piece.trim(), text: piece }));
}

/** Two versions of a text, each with the words marked that the other one does not have in this place. */
export function compare(before: string, after: string): { before: Run[]; after: Run[] } {
  const a = tokens(before);
  const b = tokens(after);
  let start = 0;
  while (start < a.length && start < b.length && a[start]?.word === b[start]?.word) start++;
  let end = 0;
  while (end < a.length - start && end < b.length - start && a.at(-1 - end)?.word === b.at(-1 - end)?.word)
    end++;
  const [keptA, keptB] = common(a.slice(start, a.length - end), b.slice(start, b.length - end));
  const kept = (index: number, length: number, inner: Set<number>) =>
    index < start || index >= length - end || inner.has(index - start);
  return {
    before: runs(a, (index) => kept(index, a.length, keptA)),
    after: runs(b, (index) => kept(index, b.length, keptB)),
  };
}

// The longest common subsequence, as the places of its words on either side.
function common(a: Token[], b: Token[]): [Set<number>, Set<number>] {
  const kept: [Set<number>, Set<number>] = [new Set(), new Set()];
  if (a.length * b.length > most) return kept;
  const width = b.length + 1;
  const table = new Uint32Array((a.length + 1) * width);
  const at = (i: number, j: number) => table[i * width + j] ?? 0;
  for (let i = a.length - 1; i >= 0; i--) {
    for (let j = b.length - 1; j >= 0; j--) {
      table[i * width + j] =
        a[i]?.word === b[j]?.word ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
    }
  }
  let [i, j] = [0, 0];
  while (i < a.length && j < b.length) {
    if (a[i]?.word === b[j]?.word) {
      kept[0].add(i++);
      kept[1].add(j++);
    } else if (at(i + 1, j) >= at(i, j + 1)) i++;
    else j++;
  }
  return kept;
}

function runs(list: Token[], same: (index: number) => boolean): Run[] {
  const out: Run[] = [];
  list.forEach(({ text }, index) => {
    const changed = !same(index);
    const last = out.at(-1);
    if (last?.changed === changed) last.text += text;
    else out.push({ text, changed });
  });
  return out.flatMap(loosen);
}

// The space behind a marked word is no part of the mark.
function loosen(run: Run): Run[] {
  const word = run.text.trimEnd();
  if (!run.changed || word === run.text) return [run];
  return [
    { text: word, changed: true },
    { text: run.text.slice(word.length), changed: false },
  ].filter(({ text }) => text);
}
