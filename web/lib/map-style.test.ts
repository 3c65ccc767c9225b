import { readFileSync } from 'node:fs';

import { describe, expect, it } from 'vitest';

import { mapStyle, mapStyleOf, offlineStyle } from './map-style';

const file = (path: string) => readFileSync(new URL(`../public${path}`, import.meta.url), 'utf8');

describe('mapStyle', () => {
  it('is our own offline one by default, light and dark', () =>
    expect(mapStyle()).toEqual({
      styleURL: '/map/style.json',
      darkStyleURL: '/map/style-dark.json',
      rough: true,
    }));

  it('claims nothing of a style that somebody else made', () =>
    expect(mapStyleOf('https://maps.example/style.json')).toEqual({
      styleURL: 'https://maps.example/style.json',
    }));

  it.each([offlineStyle.styleURL, offlineStyle.darkStyleURL ?? ''])('has a light ground in %s', (path) => {
    const { data } = JSON.parse(file(path)).sources.world;
    expect(file(data).length).toBeLessThan(800_000);
  });
});
