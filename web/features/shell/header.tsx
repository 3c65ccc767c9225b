import {
  CalendarDays,
  CircleUserRound,
  House,
  LayoutDashboard,
  Luggage,
  Menu,
  ShieldCheck,
} from 'lucide-react';
import Link from 'next/link';

import type { User } from '@/lib/api/types';
import { paths } from '@/lib/paths';
import { classes } from '@/ui/classes';

import styles from './header.module.css';
import { Offline } from './offline';
import { SignOutButton } from './sign-out';

/** The head of every page: home, and what this person can do. */
export function Header({ user }: { user: User | null }) {
  return (
    <>
      <a href="#content" className={styles.skip}>
        Skip to the content
      </a>
      <header className={styles.header}>
        <div className={styles.inner}>
          <Link href={paths.home()} className={styles.brand}>
            <House size={24} strokeWidth={2.4} aria-hidden="true" />
            Rentora
          </Link>
          <nav aria-label="Main" className={styles.nav}>
            {user ? <Account user={user} /> : <Visitor />}
          </nav>
        </div>
        <Offline />
      </header>
    </>
  );
}

function Visitor() {
  return (
    <>
      <Link href={paths.becomeHost()} className={classes(styles.link, styles.wideOnly)} prefetch={false}>
        Host your place
      </Link>
      <Link href={paths.register()} className={classes(styles.link, styles.wideOnly)} prefetch={false}>
        Create account
      </Link>
      <Link href={paths.signIn()} className={styles.link} prefetch={false}>
        Sign in
      </Link>
    </>
  );
}

function Account({ user }: { user: User }) {
  const host = user.role === 'host' || user.role === 'admin';
  const staff = user.role === 'admin' || user.role === 'support';
  return (
    <>
      {staff && (
        <Link href={paths.admin()} className={classes(styles.link, styles.wideOnly)}>
          Admin
        </Link>
      )}
      {host ? (
        <Link href={paths.host()} className={classes(styles.link, styles.wideOnly)}>
          Hosting
        </Link>
      ) : (
        !staff && (
          <Link href={paths.becomeHost()} className={classes(styles.link, styles.wideOnly)} prefetch={false}>
            Host your place
          </Link>
        )
      )}
      <button
        type="button"
        popoverTarget="account-menu"
        className={styles.trigger}
        aria-label={`Account of ${user.name}`}
      >
        <Menu size={18} aria-hidden="true" />
        <span className={styles.avatar} aria-hidden="true">
          {user.name.trim().charAt(0).toUpperCase() || '?'}
        </span>
      </button>
      <div popover="auto" id="account-menu" className={styles.menu}>
        <p className={styles.who}>
          <strong>{user.name}</strong>
          {user.email}
        </p>
        <ul role="list">
          <Entry href={paths.trips()} icon={<Luggage size={18} aria-hidden="true" />} label="Trips" />
          {host && (
            <Entry href={paths.host()} icon={<CalendarDays size={18} aria-hidden="true" />} label="Hosting" />
          )}
          {host && (
            <Entry
              href={paths.hostListings()}
              icon={<LayoutDashboard size={18} aria-hidden="true" />}
              label="Listings"
            />
          )}
          {staff && (
            <Entry href={paths.admin()} icon={<ShieldCheck size={18} aria-hidden="true" />} label="Admin" />
          )}
          <Entry
            href={paths.account()}
            icon={<CircleUserRound size={18} aria-hidden="true" />}
            label="Account"
          />
          <li>
            <SignOutButton />
          </li>
        </ul>
      </div>
    </>
  );
}

function Entry({ href, icon, label }: { href: string; icon: React.ReactNode; label: string }) {
  return (
    <li>
      <Link href={href} prefetch={false}>
        {icon}
        {label}
      </Link>
    </li>
  );
}
