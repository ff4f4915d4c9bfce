import { spawnSync } from 'node:child_process';
import { appendFileSync, chmodSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { SKELETON } from '../../lib/store/layout.js';
import { REPO } from '../config/repo.js';
import { assertOutput, docBlocks, DocDirectory } from './doc-blocks.js';
import { pythonSkip } from './python.js';

const PAGE = 'docs/contracts/tree.md';

void t.test('the Python reader on the page of the store works', { skip: pythonSkip([]) }, async (t) => {
  const place = new DocDirectory(t);
  const blocks = docBlocks(PAGE);
  const script = join(place.directory, 'aether_tree.py');
  writeFileSync(script, blocks.find(({ language }) => language === 'python')!.code);
  const [example] = blocks.filter(({ language }) => language === 'sh');
  const tree = join(place.directory, 'artefacts');

  await t.test('the Python reader reads a run and checks every blob', (t) => {
    const ended = place.shell(example!.code);
    t.equal(ended.code, 0, ended.err);
    assertOutput(t, ended.out, example!.output!, PAGE);
    t.end();
  });

  await t.test('the Python reader reads a sweep and a compact run, and ignores unknown files', (t) => {
    writeFileSync(join(tree, 'unknown-to-readers'), '');
    const ended = place.shell(
      `aether-batch manifests/reference.yaml -g 'ring-5|pfna' --no-golden > /dev/null\npython3 ${script} artefacts`,
    );
    t.equal(ended.code, 0, ended.err);
    t.match(ended.out, /^ring-5 completed 24$/m);
    const blobs = readdirSync(join(tree, 'blobs/sha256')).flatMap((fan) =>
      readdirSync(join(tree, 'blobs/sha256', fan)),
    );
    t.match(ended.out, new RegExp(`^${String(blobs.length)} blobs match$`, 'm'));
    t.end();
  });

  await t.test('the Python reader reads segments, with and without plain files', (t) => {
    const read = (): string => spawnSync('python3', [script, tree], { encoding: 'utf8' }).stdout;
    const plain = read();
    const ended = place.shell('aether store upgrade && aether store pack');
    t.equal(ended.code, 0, ended.err);
    t.strictSame(readdirSync(join(tree, 'runs')), []);
    t.equal(read(), plain);
    t.equal(place.shell('aether-batch manifests/reference.yaml -g line-4 --no-golden > /dev/null').code, 0);
    const more = read();
    t.not(more, plain);
    t.equal(place.shell('aether store gc --keep-last 1').code, 0);
    t.equal(place.shell('aether store unpack').code, 0);
    t.strictSame(readdirSync(join(tree, 'segments')), []);
    t.equal(read(), more);
    t.end();
  });

  await t.test('the Python reader refuses a changed record and a changed blob', (t) => {
    const read = (): string => spawnSync('python3', [script, tree], { encoding: 'utf8' }).stderr;
    const [fan] = readdirSync(join(tree, 'blobs/sha256'));
    const [name] = readdirSync(join(tree, 'blobs/sha256', fan!));
    change(join(tree, 'blobs/sha256', fan!, name!));
    t.match(read(), /does not match its name/);
    const [run] = readdirSync(join(tree, 'runs'));
    change(join(tree, 'runs', run!));
    t.match(read(), /does not match its checksum/);
    t.end();
  });
});

function change(path: string): void {
  chmodSync(path, 0o644);
  appendFileSync(path, ' ');
}

void t.test('the page names every directory of a store', (t) => {
  const text = readFileSync(join(REPO, PAGE), 'utf8');
  for (const directory of SKELETON) t.match(text, new RegExp(`\`${directory.split('/')[0]!}/`), directory);
  t.end();
});
