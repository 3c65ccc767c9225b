// Writes lib/api/schema.ts from the contract; with --check it only compares, and fails when they differ.
import { readFileSync, writeFileSync } from 'node:fs';
import openapiTS, { astToString } from 'openapi-typescript';

const contract = new URL('../../server/openapi.yaml', import.meta.url);
const target = new URL('../lib/api/schema.ts', import.meta.url);
const text =
  '// Generated from server/openapi.yaml by "npm run api". Do not edit.\n\n' +
  astToString(await openapiTS(contract, { alphabetize: true, defaultNonNullable: false }));

if (process.argv.includes('--check')) {
  if (readFileSync(target, 'utf8') !== text) {
    process.stderr.write(
      'web/lib/api/schema.ts is not what server/openapi.yaml says. Run: npm --prefix web run api\n',
    );
    process.exit(1);
  }
} else {
  writeFileSync(target, text);
}
