import type { ReactNode } from 'react';

import { Page } from '@/ui/layout';

import styles from './account.module.css';

/** Around the pages about signing in. */
export function AuthFrame({ children }: { children: ReactNode }) {
  return (
    <div className={styles.split}>
      <Page width="narrow" className={styles.aside}>
        {children}
      </Page>
      <aside className={styles.scene} aria-label="What Rentora promises">
        <Scene />
        <p className={styles.promise}>
          <strong>Every night belongs to one guest.</strong>
          <span>The price you see is the price you pay, and what you book is yours.</span>
        </p>
      </aside>
    </div>
  );
}

function Scene() {
  return (
    <svg viewBox="0 0 800 900" preserveAspectRatio="xMidYMax slice" aria-hidden="true" focusable="false">
      <defs>
        <linearGradient id="auth-sky" x1="0" y1="0" x2="0" y2="1">
          <stop offset="0" className={styles.sky} />
          <stop offset="1" className={styles.horizon} />
        </linearGradient>
      </defs>
      <rect width="800" height="900" fill="url(#auth-sky)" />
      <circle cx="560" cy="300" r="70" className={styles.sun} />
      <path className={styles.far} d="M0 470 130 380 260 450 420 330 560 430 690 370 800 440V900H0z" />
      <path
        className={styles.middle}
        d="M0 560C120 490 230 510 340 550S560 600 660 530 770 500 800 510V900H0z"
      />
      <path
        className={styles.near}
        d="M0 640C90 620 190 560 320 590S520 690 640 660 760 620 800 610V900H0z"
      />
      <g>
        <path className={styles.wall} d="M438 612h112v88H438z" />
        <path className={styles.roof} d="M424 618 494 556l70 62z" />
        <path className={styles.window} d="M458 634h26v28h-26zM506 634h24v66h-24z" />
      </g>
      <path className={styles.front} d="M0 720C110 670 240 680 370 700S620 720 800 660V900H0z" />
    </svg>
  );
}
