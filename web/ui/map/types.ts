/** West, south, east, north in degrees; west is greater than east across the antimeridian. */
export type Bounds = [west: number, south: number, east: number, north: number];

/** Something at a place, with a short text on its pin. */
export type MapMarker = {
  id: string;
  lng: number;
  lat: number;
  /** On the pin: "€95". */
  label: string;
  /** What screen readers say, when the label alone says too little. */
  description?: string;
  selected?: boolean;
};

/** A name on the map's ground. */
export type MapLabel = { lng: number; lat: number; text: string };

/** A place that is only roughly known: a circle of so many metres around it. */
export type MapCircle = { lng: number; lat: number; radius: number };

export type MapProps = {
  /** What the map shows, for screen readers. */
  label: string;
  /** A MapLibre style, and the one for dark surroundings. */
  styleURL: string;
  darkStyleURL?: string;
  /** What is seen first; when it changes to something else than onMove has just told, the map goes there. */
  bounds?: Bounds;
  /** How close the map goes by itself. */
  maxZoom?: number;
  markers?: MapMarker[];
  /** Names that the style does not know. */
  labels?: MapLabel[];
  circle?: MapCircle;
  /** Somebody moved the map; not called when it goes to other bounds by itself. */
  onMove?: (bounds: Bounds) => void;
  onSelect?: (id: string) => void;
  /** A pin is pointed at or focused (null: not any more). */
  onHover?: (id: string | null) => void;
  /** There is no WebGL, or the map does not come: show what there is without it. */
  onUnavailable?: () => void;
  /** Let the page scroll over the map: the wheel zooms only with Ctrl or ⌘, one finger scrolls. */
  cooperative?: boolean;
};
