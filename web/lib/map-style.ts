import 'server-only';

import { env } from './env';

/** How every map of this installation looks. Plain data: it goes from the server to the browser. */
export type MapStyle = {
  /** A MapLibre style. */
  styleURL: string;
  /** The same for dark surroundings, where there is one. */
  darkStyleURL?: string;
  /** The style has no streets: a single place is shown with its surroundings. */
  rough?: boolean;
};

/** Our own offline style, the default; an installation that names another has only that one. */
export const offlineStyle: MapStyle = {
  styleURL: '/map/style.json',
  darkStyleURL: '/map/style-dark.json',
  rough: true,
};

/** The style of a configured address. Only our own has a dark sister and is known to be rough. */
export function mapStyleOf(url: string): MapStyle {
  return url === offlineStyle.styleURL ? offlineStyle : { styleURL: url };
}

/** The style of this installation; only the server knows. */
export function mapStyle(): MapStyle {
  return mapStyleOf(env().mapStyleURL);
}
