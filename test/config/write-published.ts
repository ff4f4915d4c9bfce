import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { contractPages } from '../../lib/config/contract-pages.js';
import { publishedSchemas } from '../../lib/config/index.js';
import { REPO } from './repo.js';

// Writes the files that schemas.test.ts compares with the loader; run it after a schema has changed.
for (const [folder, files] of [
  ['docs/schemas', publishedSchemas()],
  ['docs/contracts', contractPages()],
] as const) {
  mkdirSync(join(REPO, folder), { recursive: true });
  for (const [name, text] of files) writeFileSync(join(REPO, folder, name), text);
}
