'use client';

import { usePathname } from 'next/navigation';

import { paths } from '@/lib/paths';
import { Tabs } from '@/ui/layout';

/** The rooms of the host's house. */
export function HostTabs() {
  const here = usePathname();
  const items = [
    { href: paths.host(), label: 'Today', current: here === paths.host() },
    { href: paths.hostListings(), label: 'Listings', current: here.startsWith(paths.hostListings()) },
    { href: paths.hostBookings(), label: 'Bookings', current: here.startsWith(paths.hostBookings()) },
  ];
  return <Tabs label="Hosting" items={items} />;
}
