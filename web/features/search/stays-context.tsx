'use client';

import Link from 'next/link';
import { useRouter } from 'next/navigation';
import {
  type ComponentProps,
  createContext,
  type ReactNode,
  useCallback,
  useContext,
  useMemo,
  useOptimistic,
  useTransition,
} from 'react';

import { type Search, staysHref } from './state';
import { stays } from './words';

type How = {
  /** Without an entry of its own in the history: for what changes in small steps. */
  replace?: boolean;
  /** Whether the page goes back to its top. */
  scroll?: boolean;
};

type Stays = {
  /** What is looked for; while its results are on their way, already the new one. */
  search: Search;
  pending: boolean;
  go: (next: Search, how?: How) => void;
};

const StaysContext = createContext<Stays | null>(null);

/** Holds the results together: who changes the search does so with go; the old results stay until the new ones are here. */
export function StaysProvider({
  search,
  className,
  children,
}: {
  search: Search;
  className?: string;
  children: ReactNode;
}) {
  const router = useRouter();
  const [pending, start] = useTransition();
  const [wanted, want] = useOptimistic(search);
  const go = useCallback(
    (next: Search, { replace = false, scroll = true }: How = {}) => {
      start(() => {
        want(next);
        router[replace ? 'replace' : 'push'](staysHref(next), { scroll });
      });
    },
    [router, want],
  );
  const value = useMemo(() => ({ search: wanted, pending, go }), [wanted, pending, go]);
  return (
    <StaysContext value={value}>
      <div className={className} data-pending={pending || undefined}>
        {children}
      </div>
    </StaysContext>
  );
}

/** The search of this page and the way to change it; null outside of the results. */
export function useStays(): Stays | null {
  return useContext(StaysContext);
}

/** A link to another search that leaves the old results in place until the new ones are here. */
export function SearchLink({
  to,
  how,
  ...rest
}: { to: Search; how?: How } & Omit<ComponentProps<typeof Link>, 'href'>) {
  const found = useStays();
  return (
    <Link
      {...rest}
      prefetch={false}
      href={staysHref(to)}
      onClick={(event) => {
        if (!found || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
        event.preventDefault();
        found.go(to, how);
      }}
    />
  );
}

/** How many stays there are, told to screen readers each time that it changes. */
export function FoundCount({ found, className }: { found: number; className?: string }) {
  const pending = useStays()?.pending ?? false;
  return (
    <p role="status" className={className}>
      {pending ? 'Looking for stays…' : found === 0 ? 'No stays found' : `${stays(found)} found`}
    </p>
  );
}
