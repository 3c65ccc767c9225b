const names = new Intl.DisplayNames(['en'], { type: 'region' });

/** The English name of a country by its ISO 3166-1 code; the code itself where it is none. */
export function countryName(code: string): string {
  try {
    return names.of(code) ?? code;
  } catch {
    return code;
  }
}
