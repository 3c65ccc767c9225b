import { Lock } from 'lucide-react';
import type { Metadata } from 'next';

import { paths } from '@/lib/paths';
import { ButtonLink } from '@/ui/button';
import { Page } from '@/ui/layout';
import { State } from '@/ui/notice';

export const metadata: Metadata = { title: 'Not allowed' };

export default function Forbidden() {
  return (
    <Page>
      <State
        level={1}
        icon={<Lock aria-hidden="true" />}
        title="This page is not for your account"
        actions={
          <>
            <ButtonLink href={paths.home()} variant="primary">
              Go home
            </ButtonLink>
            <ButtonLink href={paths.signIn()}>Sign in with another account</ButtonLink>
          </>
        }
      >
        You are signed in, but what is here belongs to another role or another person.
      </State>
    </Page>
  );
}
