/** What stands behind the ? of a page's address. */
export type Search = Record<string, string | string[] | undefined>;

/** The value of a parameter, without spaces around it; undefined when it is missing or empty. */
export function one(search: Search, name: string): string | undefined {
  const value = search[name];
  const text = (Array.isArray(value) ? value[0] : value)?.trim();
  return text || undefined;
}

/** The value of a parameter when it is one of a list. */
export function oneOf<T extends string>(search: Search, name: string, list: readonly T[]): T | undefined {
  const value = one(search, name);
  return list.find((item) => item === value);
}

/** The names of an object of words, as a list to choose from. */
export function keys<T extends string>(words: Record<T, string>): T[] {
  return Object.keys(words) as T[];
}
