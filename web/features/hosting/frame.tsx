import type { ReactNode } from 'react';

import { env } from '@/lib/env';
import { Page } from '@/ui/layout';

import { MapStyle } from './map-style';
import { HostTabs } from './tabs';

/** The frame of all of the host's pages. */
export function HostFrame({ children }: { children: ReactNode }) {
  return (
    <Page>
      <HostTabs />
      <MapStyle url={env().mapStyleURL}>{children}</MapStyle>
    </Page>
  );
}
