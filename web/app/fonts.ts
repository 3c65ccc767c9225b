import localFont from 'next/font/local';

/**
 * Figtree (OFL), from its package: no other host is asked. It is preloaded, and a page that had to begin without it keeps the
 * system's: letters that change their widths would move what people are reading.
 */
export const figtree = localFont({
  src: '../node_modules/@fontsource-variable/figtree/files/figtree-latin-wght-normal.woff2',
  variable: '--font-figtree',
  weight: '300 900',
  display: 'optional',
});
