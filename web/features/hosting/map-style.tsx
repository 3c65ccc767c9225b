'use client';

import { createContext, type ReactNode, use } from 'react';

const MapStyleContext = createContext('/map/style.json');

/** Tells the maps inside which style this installation has; only the server knows. */
export function MapStyle({ url, children }: { url: string; children: ReactNode }) {
  return <MapStyleContext value={url}>{children}</MapStyleContext>;
}

export function useMapStyle(): string {
  return use(MapStyleContext);
}
