import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { EXIT } from '../../lib/cli/exit-codes.js';
import { FAULT_CODES } from '../../lib/engine/fault.js';
import { DESCRIPTOR_TYPES } from '../../lib/engine/inputs.js';
import { REPO } from '../config/repo.js';
import { sourceFiles } from '../source-files.js';

const CODE =
  /'((?:STORE|RUN|WORKER|GOLDEN|REPLAY|EXPORT|OUTPUT|ENGINE|EXPECTED|RESULTS|REPORT)_[A-Z]+(?:_[A-Z]+)*|too-many-cells|shared-name|shared-golden|over-budget)'/g;

const page = readFileSync(join(REPO, 'docs/errors.md'), 'utf8');
const listed = new Set([...page.matchAll(/^\| `([A-Za-z_-]+)`/gm)].map(([, code]) => code!));

void t.test('every code in the sources is explained', (inner) => {
  const codes = new Set<string>(FAULT_CODES);
  for (const { path } of sourceFiles('lib')) {
    const text = readFileSync(join(REPO, path), 'utf8');
    for (const [, code] of text.matchAll(CODE)) codes.add(code!);
  }
  // Written like a code, but not one.
  for (const type of DESCRIPTOR_TYPES) codes.delete(type);
  inner.ok(codes.size > 40, String(codes.size));
  inner.strictSame([...codes].filter((code) => !listed.has(code)).sort(), []);
  inner.end();
});

void t.test('every exit code is explained', (inner) => {
  for (const code of Object.values(EXIT)) inner.match(page, new RegExp(`^\\| ${String(code)} `, 'm'));
  inner.end();
});
