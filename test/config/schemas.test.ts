import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import t from 'tap';
import { DOCUMENT_SCHEMAS, PROBLEM_CODES, publishedSchemas } from '../../lib/config/index.js';
import type { SchemaNode } from '../../lib/base/schema.js';
import { contractPages } from '../../lib/config/contract-pages.js';
import { expectedText } from '../../lib/config/expected-text.js';
import { REPO } from './repo.js';

const REMEDY = 'run `npm run build:test && node dist/test/config/write-published.js`';

void t.test('docs/schemas contains the schemas of the loader', (t) => {
  for (const [name, text] of publishedSchemas())
    t.equal(readFileSync(join(REPO, 'docs/schemas', name), 'utf8'), text, `${name}: ${REMEDY}`);
  t.end();
});

void t.test('docs/contracts describes the schemas that the loader uses', (t) => {
  for (const [name, text] of contractPages())
    t.equal(readFileSync(join(REPO, 'docs/contracts', name), 'utf8'), text, `${name}: ${REMEDY}`);
  t.end();
});

void t.test('the published schemas are self-contained', (t) => {
  for (const text of publishedSchemas().values()) {
    const ajv = new Ajv2020({ strict: true, allowUnionTypes: true, strictTypes: false });
    ajv.addVocabulary(['x-expected', 'x-path']);
    t.type(ajv.compile(JSON.parse(text) as SchemaNode), 'function');
  }
  t.end();
});

void t.test('every field has a description', (t) => {
  for (const [kind, schema] of Object.entries(DOCUMENT_SCHEMAS)) {
    const open: [string, SchemaNode][] = [[kind, schema]];
    for (let next = open.pop(); next; next = open.pop()) {
      const [place, node] = next;
      if (!node.description) t.fail(`${place} has no description`);
      for (const [key, child] of Object.entries(node.properties ?? {})) open.push([`${place}.${key}`, child]);
      if (node.items) open.push([`${place}[]`, node.items]);
    }
    t.ok(schema.title, `${kind} has a title`);
  }
  t.end();
});

void t.test('messages contain the bounds of integers, except the limit of stored integers', (t) => {
  for (const schema of Object.values(DOCUMENT_SCHEMAS)) {
    const open: SchemaNode[] = [schema];
    for (let node = open.pop(); node; node = open.pop()) {
      open.push(...Object.values(node.properties ?? {}), ...(node.items ? [node.items] : []));
      if (node.type !== 'integer' || node['x-expected'] !== undefined) continue;
      for (const bound of [node.minimum, node.maximum]) {
        if (bound !== undefined && Math.abs(bound) < Number.MAX_SAFE_INTEGER)
          t.match(expectedText(node), String(bound));
      }
    }
  }
  t.end();
});

void t.test('every problem code is used', (t) => {
  const source = sourcesIn(join(REPO, 'lib/config'))
    .filter((file) => !file.endsWith('problem-codes.ts'))
    .map((file) => readFileSync(file, 'utf8'))
    .join('\n');
  for (const code of Object.keys(PROBLEM_CODES)) t.ok(source.includes(`'${code}'`), code);
  t.end();
});

function sourcesIn(folder: string): string[] {
  const entries = readdirSync(folder, { withFileTypes: true, recursive: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
}
