'use client';

import Link from 'next/link';
import type { MouseEvent, ReactNode } from 'react';

import { paths } from '@/lib/paths';

import { useEditor } from './context';
import type { StepId } from './steps';

/** A link to a step. It changes the address without asking the server: all that the steps show is here already. */
export function StepLink({
  id,
  current,
  className,
  children,
}: {
  id: StepId;
  current?: boolean;
  className?: string;
  children: ReactNode;
}) {
  const { view } = useEditor();
  const href = paths.editListing(view.listing.id, id);
  function go(event: MouseEvent) {
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0) return;
    event.preventDefault();
    window.history.pushState(null, '', href);
    window.scrollTo({ top: 0 });
  }
  return (
    <Link
      href={href}
      prefetch={false}
      onClick={go}
      className={className}
      aria-current={current ? 'step' : undefined}
    >
      {children}
    </Link>
  );
}
