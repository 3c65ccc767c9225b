import { env } from '@/lib/env';

/** The map's styles; only our own has one for dark surroundings, too. */
export function mapStyles(): { styleURL: string; darkStyleURL?: string } {
  const styleURL = env().mapStyleURL;
  return { styleURL, darkStyleURL: styleURL === '/map/style.json' ? '/map/style-dark.json' : undefined };
}
