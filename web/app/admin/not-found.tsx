import { SearchX } from 'lucide-react';
import type { Metadata } from 'next';

import { paths } from '@/lib/paths';
import { ButtonLink } from '@/ui/button';
import { State } from '@/ui/notice';

export const metadata: Metadata = { title: 'Not found' };

export default function AdminNotFound() {
  return (
    <State
      level={1}
      icon={<SearchX aria-hidden="true" />}
      title="There is no such thing"
      actions={<ButtonLink href={paths.admin()}>To today’s numbers</ButtonLink>}
    >
      It was removed, or the address is not whole.
    </State>
  );
}
