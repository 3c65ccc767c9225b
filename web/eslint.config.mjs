import { readdirSync } from 'node:fs';

import next from 'eslint-config-next/core-web-vitals';
import typescript from 'typescript-eslint';

const features = readdirSync(new URL('./features', import.meta.url), { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map((entry) => entry.name);

// app ← features ← lib, ui: an import goes only to the left's right, and never from one feature to another.
const forbid = (files, groups) => ({
  files,
  rules: { 'no-restricted-imports': ['error', { patterns: groups }] },
});
const upward = (group, message) => ({ group, message });

const config = [
  {
    ignores: [
      '.next/**',
      'next-env.d.ts',
      'lib/api/schema.ts',
      'public/**',
      'test-results/**',
      'playwright-report/**',
    ],
  },
  ...next,
  ...typescript.configs.strict,
  {
    rules: {
      // Photographs have their sizes from the API already; ui/picture.tsx writes their srcset.
      '@next/next/no-img-element': 'off',
      'no-console': 'error',
      'max-lines': ['error', { max: 300, skipBlankLines: true, skipComments: true }],
      '@typescript-eslint/no-non-null-assertion': 'error',
      '@typescript-eslint/no-invalid-void-type': 'off',
      '@typescript-eslint/no-dynamic-delete': 'off',
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      'react/no-danger': 'error',
    },
  },
  forbid(
    ['ui/**'],
    [
      upward(['@/app/*', '@/features/*', '@/lib/*'], 'ui/ knows nothing of Rentora.'),
      upward(['**/features/*', '**/lib/*', '**/app/*'], 'ui/ knows nothing of Rentora.'),
    ],
  ),
  forbid(
    ['lib/**'],
    [upward(['@/app/*', '@/features/*', '@/ui/*'], 'lib/ is below features/ and app/, and beside ui/.')],
  ),
  ...features.map((own) =>
    forbid(
      [`features/${own}/**`],
      [
        upward(['@/app/*'], 'A feature does not know the routes; lib/paths.ts has every address.'),
        upward(
          features
            .filter((other) => other !== own)
            .flatMap((other) => [`@/features/${other}`, `@/features/${other}/*`]),
          'A feature never imports a feature: what both need belongs into lib/ or ui/.',
        ),
      ],
    ),
  ),
];

export default config;
