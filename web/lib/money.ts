import type { Money } from './api/types';

// The API's own scales (server/money). Not those of the runtime: Node and the browsers know different ones for a dozen currencies
// (HUF, RSD, MUR, …), and a price would be off by a hundred.
const withoutMinor = new Set(
  (
    'AFN ALL AMD BIF CLP COP DJF GNF GYD IDR IQD IRR ISK JPY KMF KPW KRW LAK LBP MGA MMK MNT MUR PKR PYG RSD RWF SLL SOS SYP TZS ' +
    'UGX UZS VND VUV XAF XOF XPF YER'
  ).split(' '),
);
const thousandth = new Set('BHD JOD KWD LYD OMR TND'.split(' '));

function digitsOf(currency: string): number {
  if (withoutMinor.has(currency)) return 0;
  return thousandth.has(currency) ? 3 : 2;
}

const formats = new Map<string, Intl.NumberFormat>();

function format(locale: string, currency: string, digits: number): Intl.NumberFormat {
  const key = `${locale} ${currency} ${digits}`;
  let made = formats.get(key);
  if (!made) {
    made = new Intl.NumberFormat(locale, {
      style: 'currency',
      currency,
      minimumFractionDigits: digits,
      maximumFractionDigits: digits,
    });
    formats.set(key, made);
  }
  return made;
}

/** How many minor units a unit has, as the API counts them: 100 of EUR, 1 of JPY, 1000 of KWD. */
export function minorUnits(currency: string): number {
  return 10 ** digitsOf(currency);
}

/** The amount with its currency, to the last minor unit; whole amounts without the zeros. */
export function formatMoney({ minor, currency }: Money, locale = 'en'): string {
  const units = minorUnits(currency);
  return format(locale, currency, minor % units === 0 ? 0 : digitsOf(currency)).format(minor / units);
}

/** The amount rounded to whole units, for pins and cards. */
export function roundMoney({ minor, currency }: Money, locale = 'en'): string {
  return format(locale, currency, 0).format(Math.round(minor / minorUnits(currency)));
}

/** Minor units of what somebody typed ("95", "95.50", "1,200"); null when it is no amount of this currency. */
export function parseMoney(text: string, currency: string): number | null {
  const plain = text.trim().replace(/[\s\u00a0\u202f'’]/g, '');
  const match = /^(\d{1,3}(?:,\d{3})+|\d+)(?:[.,](\d+))?$/.exec(plain);
  if (!match) return null;
  const digits = digitsOf(currency);
  const fraction = match[2] ?? '';
  if (fraction.length > digits) return null;
  const minor =
    Number((match[1] ?? '').replaceAll(',', '')) * minorUnits(currency) +
    Number(fraction.padEnd(digits, '0') || 0);
  return Number.isSafeInteger(minor) ? minor : null;
}
