import { describe, expect, it } from 'vitest';

import { formatMoney, minorUnits, parseMoney, roundMoney } from './money';

describe('minorUnits', () => {
  // What golang.org/x/text says in the API, where this runtime or a browser may say something else.
  it.each([
    ['EUR', 100],
    ['JPY', 1],
    ['KWD', 1000],
    ['HUF', 100],
    ['RSD', 1],
    ['MUR', 1],
    ['AMD', 1],
    ['TND', 1000],
  ])('counts %s as the API does', (currency, units) => expect(minorUnits(currency)).toBe(units));
});

describe('formatMoney', () => {
  it.each([
    [12_050, 'EUR', '€120.50'],
    [12_000, 'EUR', '€120'],
    [5, 'EUR', '€0.05'],
    [0, 'EUR', '€0'],
    [-12_050, 'EUR', '-€120.50'],
    [12_050, 'JPY', '¥12,050'],
    [12_345, 'KWD', 'KWD 12.345'],
    [1_234_550, 'HUF', 'HUF 12,345.50'],
    [2_500, 'RSD', 'RSD 2,500'],
  ])('writes %i minor units of %s as %s', (minor, currency, text) => {
    expect(formatMoney({ minor, currency }).replace(/\u00a0/g, ' ')).toBe(text);
  });

  it('writes as the language does', () => {
    expect(formatMoney({ minor: 12_050, currency: 'EUR' }, 'de').replace(/\u00a0/g, ' ')).toBe('120,50 €');
  });
});

describe('roundMoney', () => {
  it.each([
    [12_049, 'EUR', '€120'],
    [12_050, 'EUR', '€121'],
    [12_050, 'JPY', '¥12,050'],
    [1_234_499, 'KWD', 'KWD 1,234'],
  ])('rounds %i minor units of %s to %s', (minor, currency, text) => {
    expect(roundMoney({ minor, currency }).replace(/\u00a0/g, ' ')).toBe(text);
  });
});

describe('parseMoney', () => {
  it.each([
    ['95', 'EUR', 9500],
    ['95.5', 'EUR', 9550],
    ['95.50', 'EUR', 9550],
    ['95,50', 'EUR', 9550],
    [' 1 200 ', 'EUR', 120_000],
    ['1,200', 'EUR', 120_000],
    ['1,200.05', 'EUR', 120_005],
    ["1'200", 'CHF', 120_000],
    ['0', 'EUR', 0],
    ['0.29', 'EUR', 29],
    ['1200', 'JPY', 1200],
    ['1.234', 'KWD', 1234],
    ['19.99', 'HUF', 1999],
  ])('reads %s in %s', (text, currency, minor) => expect(parseMoney(text, currency)).toBe(minor));

  it.each([
    ['', 'EUR'],
    ['abc', 'EUR'],
    ['-5', 'EUR'],
    ['95.', 'EUR'],
    ['.5', 'EUR'],
    ['95.505', 'EUR'],
    ['1.200', 'EUR'],
    ['95.5', 'JPY'],
    ['1,20,000', 'EUR'],
    ['1e3', 'EUR'],
    ['€95', 'EUR'],
    ['99999999999999999', 'EUR'],
  ])('refuses "%s" in %s', (text, currency) => expect(parseMoney(text, currency)).toBeNull());

  it('reads back what it wrote', () => {
    for (const currency of ['EUR', 'JPY', 'KWD', 'HUF']) {
      for (const minor of [1, 99, 100, 12_345, 99_999]) {
        const plain = formatMoney({ minor, currency }).replace(/[^\d.]/g, '');
        expect(parseMoney(plain, currency)).toBe(minor);
      }
    }
  });
});
