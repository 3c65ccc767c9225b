'use client';

import { createContext, type ReactNode, use } from 'react';

import type { MapStyle } from '@/lib/map-style';

const MapStyleContext = createContext<MapStyle | null>(null);

/** Tells the maps inside which style this installation has; only the server knows. */
export function HostMapStyle({ value, children }: { value: MapStyle; children: ReactNode }) {
  return <MapStyleContext value={value}>{children}</MapStyleContext>;
}

export function useMapStyle(): MapStyle {
  const style = use(MapStyleContext);
  if (!style) throw new Error('useMapStyle needs a HostMapStyle above it.');
  return style;
}
