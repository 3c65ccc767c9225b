import { MapPinOff } from 'lucide-react';
import type { Metadata } from 'next';

import { paths } from '@/lib/paths';
import { ButtonLink } from '@/ui/button';
import { Page } from '@/ui/layout';
import { State } from '@/ui/notice';
import { LinkArriving } from '@/ui/stay/arriving';

export const metadata: Metadata = { title: 'Not found' };

export default function NotFound() {
  return (
    <Page>
      <State
        level={1}
        icon={<MapPinOff aria-hidden="true" />}
        title="There is nothing at this address"
        actions={
          <>
            <ButtonLink href={paths.stays()} variant="primary" prefetch={false}>
              Look for a stay
              <LinkArriving of="results" />
            </ButtonLink>
            <ButtonLink href={paths.home()}>Go home</ButtonLink>
          </>
        }
      >
        It may have been taken down, it may belong to somebody else, or the link is not whole.
      </State>
    </Page>
  );
}
