import Link from 'next/link';

import { paths } from '@/lib/paths';
import { LinkArriving } from '@/ui/stay/arriving';

import styles from './header.module.css';
import { ThemeSwitch } from './theme-switch';

export function Footer({ theme }: { theme: string }) {
  return (
    <footer className={styles.footer}>
      <div className={styles.inner}>
        <span>Rentora · every night belongs to one guest</span>
        <Link href={paths.stays()} prefetch={false}>
          All stays
          <LinkArriving of="results" />
        </Link>
        <Link href={paths.becomeHost()} prefetch={false}>
          Host your place
        </Link>
        <ThemeSwitch theme={theme} />
      </div>
    </footer>
  );
}
