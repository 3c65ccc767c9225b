import type { ReactNode } from 'react';

import { mapStyle } from '@/lib/map-style';
import { Page } from '@/ui/layout';

import { HostMapStyle } from './map-style';
import { HostTabs } from './tabs';

/** The frame of all of the host's pages. */
export function HostFrame({ children }: { children: ReactNode }) {
  return (
    <Page>
      <HostTabs />
      <HostMapStyle value={mapStyle()}>{children}</HostMapStyle>
    </Page>
  );
}
