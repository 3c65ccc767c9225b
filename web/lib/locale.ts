import { cookies } from 'next/headers';

/** The language of a page and the direction it is written in. */
export type Locale = { language: string; direction: 'ltr' | 'rtl' };

const english: Locale = { language: 'en', direction: 'ltr' };
/** English words in a layout from right to left: it shows that every screen can be mirrored, before there is a translation. */
const mirrored: Locale = { language: 'en-XB', direction: 'rtl' };

export async function locale(): Promise<Locale> {
  return (await cookies()).get('rentora_locale')?.value === mirrored.language ? mirrored : english;
}
