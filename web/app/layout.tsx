import '@/ui/tokens.css';
import '@/ui/base.css';

import type { Metadata, Viewport } from 'next';
import { cookies } from 'next/headers';

import { Footer } from '@/features/shell/footer';
import { Header } from '@/features/shell/header';
import { env } from '@/lib/env';
import { locale } from '@/lib/locale';
import { currentUser } from '@/lib/session';
import { ToastRegion } from '@/ui/toast';

import { figtree } from './fonts';

export function generateMetadata(): Metadata {
  return {
    metadataBase: new URL(env().publicURL),
    title: { default: 'Rentora: places to stay, never booked twice', template: '%s · Rentora' },
    description:
      'Find and book a place to stay. The price you see is the price you pay, and every night belongs to one guest.',
    applicationName: 'Rentora',
    openGraph: { siteName: 'Rentora', type: 'website' },
    other: { 'rentora-release': env().release },
  };
}

export const viewport: Viewport = {
  themeColor: [
    { media: '(prefers-color-scheme: light)', color: '#fdfcfa' },
    { media: '(prefers-color-scheme: dark)', color: '#131513' },
  ],
};

// Without an answer of the API the head is that of a visitor; the page below it says what is wrong.
export default async function RootLayout({ children }: LayoutProps<'/'>) {
  const [{ language, direction }, user, jar] = await Promise.all([
    locale(),
    currentUser().catch(() => null),
    cookies(),
  ]);
  const theme = jar.get('rentora_theme')?.value;
  const chosen = theme === 'light' || theme === 'dark' ? theme : undefined;
  return (
    <html
      lang={language}
      dir={direction}
      data-theme={chosen}
      className={figtree.variable}
      data-scroll-behavior="smooth"
    >
      <body>
        <Header user={user} />
        {children}
        <Footer theme={chosen ?? 'system'} />
        <ToastRegion />
      </body>
    </html>
  );
}
