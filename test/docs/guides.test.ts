import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { REPO } from '../config/repo.js';
import { assertOutput, docBlocks, DocDirectory } from './doc-blocks.js';
import { pythonSkip } from './python.js';

const PAGES = readdirSync(join(REPO, 'docs/guides')).filter((name) => name.endsWith('.md'));

void t.test('the guides exist', (t) => {
  t.ok(PAGES.includes('ci.md') && PAGES.includes('debugging-a-divergence.md'));
  t.end();
});

void t.test('the guides, run in order in one store, produce the output on their pages', async (t) => {
  const place = new DocDirectory(t);
  for (const page of ['ci.md', 'debugging-a-divergence.md', 'nightly.md']) {
    await t.test(page, (t) => {
      const blocks = docBlocks(`docs/guides/${page}`).filter(({ language }) => language === 'sh');
      t.ok(blocks.length >= 4);
      for (const { code, line, output } of blocks) {
        const where = `docs/guides/${page}:${String(line)}`;
        const ended = place.shell(code);
        t.equal(ended.code, 0, `${where} ${ended.err}`);
        if (output !== undefined) assertOutput(t, ended.out, output, where);
      }
      t.end();
    });
  }
});

void t.test('the commands of the page on changing graphs work as described', (t) => {
  const place = new DocDirectory(t);
  const page = 'docs/guides/graphs-that-change.md';
  const [block] = docBlocks(page).filter(({ language }) => language === 'sh');
  const ended = place.shell(block!.code);
  t.equal(ended.code, 0, ended.err);
  t.match(ended.out, /T17-leave {2}REMOVE_NODE/);
  t.match(ended.out, /"event_id":"T09-widen","op_type":"UPDATE_EDGE"/);
  t.end();
});

void t.test('the commands of the first steps produce the output on the page', (t) => {
  const place = new DocDirectory(t);
  const page = 'docs/guides/start.md';
  const blocks = docBlocks(page);
  t.ok(blocks.length >= 4);
  for (const { language, code, line, output } of blocks) {
    const where = `${page}:${String(line)}`;
    const file = join(place.directory, 'aether.yaml');
    if (language === 'yaml') writeFileSync(file, code);
    const ended = place.shell(language === 'yaml' ? 'aether validate aether.yaml' : code);
    t.equal(ended.code, 0, `${where} ${ended.err}`);
    if (output !== undefined) assertOutput(t, ended.out, output, where);
  }
  t.end();
});

void t.test('the guide on sweeps produces its output, also in Python if available', async (t) => {
  const place = new DocDirectory(t);
  const page = 'docs/guides/analyse-a-sweep.md';
  const blocks = docBlocks(page);
  t.ok(blocks.filter(({ language }) => language === 'python').length >= 3);
  for (const { language, code, line, output } of blocks) {
    const isPython = language === 'python';
    const modules = isPython ? [...code.matchAll(/^import (\w+)/gm)].map(([, name]) => name!) : [];
    // pandas needs pyarrow for this.
    if (modules.includes('pandas')) modules.push('pyarrow');
    await t.test(`the block at line ${String(line)} runs`, { skip: isPython && pythonSkip(modules) }, (t) => {
      writeFileSync(join(place.directory, 'example.py'), code);
      const ended = place.shell(isPython ? 'python3 example.py' : code);
      t.equal(ended.code, 0, `${page}:${String(line)} ${ended.err}`);
      if (output !== undefined) assertOutput(t, ended.out, output, `${page}:${String(line)}`);
      t.end();
    });
  }
});
