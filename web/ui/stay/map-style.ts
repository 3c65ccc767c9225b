import type { PlaceMapProps } from './place-map';

const ours = '/map/style.json';

/** How a map of one place looks in a style; our own offline one has a dark sister and knows no streets. */
export function placeMapStyle(styleURL: string): Pick<PlaceMapProps, 'styleURL' | 'darkStyleURL' | 'rough'> {
  return styleURL === ours ? { styleURL, darkStyleURL: '/map/style-dark.json', rough: true } : { styleURL };
}
