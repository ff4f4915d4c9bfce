import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import t, { type Test } from 'tap';
import { MemoryStore } from '../../lib/store/index.js';
import { sampleInputs } from '../inspect/sample-inputs.js';
import { keepRun } from '../inspect/sample-store.js';
import { Bench, scratch } from './sample-golden.js';

/** Two results and a directory for their goldens. */
async function open(t: Test): Promise<Bench & { readonly at: (...path: string[]) => string }> {
  const store = new MemoryStore();
  const bench = new Bench(scratch(t), store);
  await keepRun(store, sampleInputs({ ticks: 4 }), { id: 'first' });
  await keepRun(store, sampleInputs({ ticks: 4, k: { 1: 9 } }), { id: 'second' });
  return Object.assign(bench, { at: (...path: string[]) => join(bench.tree.root, ...path) });
}

const FOREIGN = ['golden.json', 'umx_ledger.jsonl', 'metrics.json'];

for (const file of FOREIGN) {
  for (const [kind, make] of Object.entries({
    'a file': (path: string) => {
      writeFileSync(path, '{"mine": true}\n');
    },
    'a directory': (path: string) => mkdirSync(path),
    'a link': (path: string) => {
      symlinkSync('/nowhere/mine', path);
    },
  })) {
    void t.test(`a first golden does not replace ${kind} with the name ${file}`, async (t) => {
      const bench = await open(t);
      mkdirSync(bench.at('a'), { recursive: true });
      make(bench.at('a', file));
      const before = readdirSync(bench.at('a'));
      const { ok, results, notes } = await bench.check({ a: 'first' }, { update: 'all' });
      t.match([ok, results[0]?.action], [false, 'none']);
      t.match(notes, [new RegExp(`a/${file.replace('.', '\\.')} .*(move it away|delete it)`)]);
      t.strictSame(readdirSync(bench.at('a')), before, 'no file was written');
      if (kind === 'a file') t.equal(readFileSync(bench.at('a', file), 'utf8'), '{"mine": true}\n');
    });
  }
}

void t.test('a first golden is written beside other files', async (t) => {
  const bench = await open(t);
  mkdirSync(bench.at('a'), { recursive: true });
  writeFileSync(bench.at('a/README.md'), 'mine');
  writeFileSync(bench.at('a/pfna.json'), 'mine');
  t.match(await bench.check({ a: 'first' }, { update: 'all' }), { ok: true, notes: [] });
  t.match(await bench.check({ a: 'second' }, { update: 'all' }), { ok: true, notes: [] });
  t.equal(readFileSync(bench.at('a/pfna.json'), 'utf8'), 'mine');
  t.match(await bench.check({}, { update: 'all' }), { ok: true, removed: ['a'] });
  t.strictSame(
    readdirSync(bench.at('a')).sort(),
    ['README.md', 'pfna.json'],
    'only the files that it named are removed',
  );
});

void t.test('an incomplete golden is completed by the next attempt', async (t) => {
  const bench = await open(t);
  await bench.check({ a: 'first' }, { update: 'all' });
  rmSync(bench.at('a/golden.json'));
  t.match(await bench.check({ a: 'first' }, { update: 'all' }), { ok: true, notes: [] });
  t.match(await bench.check({ a: 'first' }), { ok: true });
});

void t.test('directories without a readable golden.json are never removed', async (t) => {
  const bench = await open(t);
  await bench.check({ a: 'first', b: 'first' }, { update: 'all' });
  mkdirSync(bench.at('fixtures'));
  writeFileSync(bench.at('fixtures/pfna.json'), '{}');
  mkdirSync(bench.at('damaged'));
  writeFileSync(bench.at('damaged/golden.json'), '{');
  writeFileSync(bench.at('damaged/umx_ledger.jsonl'), '');
  mkdirSync(bench.at('linked'));
  symlinkSync(bench.at('a/golden.json'), bench.at('linked/golden.json'));
  const report = await bench.check({ a: 'first' }, { update: 'all' });
  t.match(report, { ok: false, removed: ['b'], obsolete: [{ name: 'damaged' }, { name: 'linked' }] });
  t.equal(report.notes.length, 2);
  for (const path of [
    'fixtures/pfna.json',
    'damaged/umx_ledger.jsonl',
    'linked/golden.json',
    'a/golden.json',
  ]) {
    t.ok(existsSync(bench.at(path)), path);
  }
});

void t.test('a golden.json with merge conflict markers is replaced with its files', async (t) => {
  const bench = await open(t);
  await bench.check({ a: 'first' }, { update: 'all' });
  const text = readFileSync(bench.at('a/golden.json'), 'utf8');
  writeFileSync(bench.at('a/golden.json'), `<<<<<<< ours\n${text}=======\n${text}>>>>>>> theirs\n`);
  const damaged = await bench.check({ a: 'first' });
  t.match(damaged.results[0]?.verdict, { verdict: 'damaged', message: /merge conflict/ });
  t.match(await bench.check({ a: 'second' }, { update: 'all' }), { ok: true, notes: [] });
  t.match(await bench.check({ a: 'second' }), { ok: true });
});

void t.test('a linked golden directory is written through the link, which is kept', async (t) => {
  const bench = await open(t);
  mkdirSync(bench.at('../shared'), { recursive: true });
  mkdirSync(bench.tree.root);
  symlinkSync('../shared', bench.at('a'));
  t.match(await bench.check({ a: 'first' }, { update: 'all' }), { ok: true, notes: [] });
  t.match(await bench.check({ a: 'second' }, { update: 'all' }), { ok: true, notes: [] });
  t.ok(existsSync(bench.at('../shared/golden.json')));
  await bench.tree.remove(bench.at('a'));
  t.strictSame(readdirSync(bench.at('../shared')), []);
});

void t.test('.gitattributes is written once and never replaces that of the user', async (t) => {
  const bench = await open(t);
  await bench.check({ a: 'first' }, { update: 'all' });
  t.match(readFileSync(bench.at('.gitattributes'), 'utf8'), /^\* -text$/m);
  writeFileSync(bench.at('.gitattributes'), '*.jsonl binary\n');
  await bench.check({ a: 'second', b: 'first' }, { update: 'all' });
  t.equal(readFileSync(bench.at('.gitattributes'), 'utf8'), '*.jsonl binary\n');
  const elsewhere = bench.subject('c', 'first');
  const directory = bench.at('../accepted/c');
  await bench.check({}, { subjects: [{ ...elsewhere, directory }], update: 'all', references: null });
  t.match(readFileSync(join(directory, '.gitattributes'), 'utf8'), /-text/);
  await bench.tree.remove(directory);
  t.notOk(existsSync(directory), 'it is removed with its golden');
});

void t.test('goldens in other directories are recorded, judged as obsolete, and known to gc', async (t) => {
  const bench = await open(t);
  const directory = bench.at('../accepted/x/c');
  const subjects = [{ ...bench.subject('c', 'first'), directory }];
  const references = { directories: new Set([directory]), manifests: [bench.manifest] };
  t.match(await bench.check({}, { subjects, update: 'all', references }), { ok: true, obsolete: [] });
  t.match(readFileSync(bench.at('.elsewhere'), 'utf8'), /^\.\.\/accepted\/x\/c$/m);
  const nested = { ...bench.subject('d', 'first'), directory: bench.at('deep/er/d') };
  const both = { directories: new Set([directory, nested.directory]), manifests: [bench.manifest] };
  t.match(await bench.check({}, { subjects: [nested], update: 'all', references: both }), { ok: true });
  const spelled = { ...both, directories: new Set([`${directory}/`, bench.at('./deep/../deep/er/d')]) };
  t.match(await bench.check({}, { references: spelled }), { ok: true, obsolete: [] }, 'other spellings');
  const report = await bench.check(
    {},
    { references: { directories: new Set(), manifests: [bench.manifest] } },
  );
  t.match(report.obsolete, [{ name: '../accepted/x/c' }, { name: 'deep/er/d' }]);
  const all = { directories: new Set<string>(), manifests: [bench.manifest] };
  t.match(await bench.check({}, { references: all, update: 'all' }), {
    ok: true,
    removed: ['../accepted/x/c', 'deep/er/d'],
  });
  t.notOk(existsSync(directory));
});

void t.test('a line of .elsewhere that leads out of the project is ignored', async (t) => {
  const bench = await open(t);
  await bench.check({ a: 'first' }, { update: 'all' });
  const victim = scratch(t);
  const other = new Bench(victim, bench.store);
  await other.check({ a: 'first' }, { update: 'all' });
  const way = join('../..', victim.split('/').at(-1)!, 'golden/a');
  writeFileSync(bench.at('.elsewhere'), `${way}\n/etc\n${join(victim, 'golden/a')}\n`);
  t.match(await bench.check({ a: 'first' }, { update: 'all' }), { ok: true, obsolete: [], removed: [] });
  t.ok(existsSync(join(victim, 'golden/a/golden.json')));
});
