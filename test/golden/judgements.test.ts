import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import t, { type Test } from 'tap';
import {
  acceptPending,
  GoldenTree,
  goldenDigest,
  PendingResults,
  rejectPending,
  reopenRejected,
} from '../../lib/golden/index.js';
import { nodeProcesses, nodeTreeFiles } from '../../lib/platform/index.js';
import { MemoryStore } from '../../lib/store/index.js';
import { sampleInputs } from '../inspect/sample-inputs.js';
import { keepRun } from '../inspect/sample-store.js';
import { Bench, scratch } from './sample-golden.js';

const ACCEPTANCE = { by: 'tester', at: '2025-01-02T00:00:00.000Z', why: 'looked at' };

async function open(t: Test): Promise<Bench> {
  const store = new MemoryStore();
  const bench = new Bench(scratch(t), store);
  await keepRun(store, sampleInputs({ ticks: 4 }), { id: 'first' });
  await keepRun(store, sampleInputs({ ticks: 4, k: { 1: 9 } }), { id: 'second' });
  await keepRun(store, sampleInputs({ ticks: 4, k: { 1: 7 } }), { id: 'third' });
  await bench.check({ a: 'first' }, { update: 'all' });
  return bench;
}

const digestOf = (bench: Bench): ReturnType<typeof goldenDigest> =>
  goldenDigest(bench.tree, bench.tree.directoryOf('a'));

void t.test('a judgement of a result that was replaced is refused', async (t) => {
  const bench = await open(t);
  const accepted = digestOf(bench);
  await bench.check({ a: 'second' });
  const [seen] = new PendingResults(bench.tree).pending();
  await bench.check({ a: 'third' });
  const refusal = { code: 'GOLDEN_SUPERSEDED', message: /run second, .* run third, .* is pending now/ };
  await t.rejects(acceptPending(bench.tree, { pending: seen! }, ACCEPTANCE), refusal);
  await t.rejects(rejectPending(bench.tree, { pending: seen! }, ACCEPTANCE), refusal);
  t.equal(digestOf(bench), accepted, 'no result was judged');
  t.match(new PendingResults(bench.tree).pending(), [{ run: 'third' }]);
});

void t.test('a judgement of a result that is already judged or agrees is refused', async (t) => {
  const bench = await open(t);
  await bench.check({ a: 'second' });
  const [seen] = new PendingResults(bench.tree).pending();
  await rejectPending(bench.tree, { pending: seen! }, ACCEPTANCE);
  await t.rejects(acceptPending(bench.tree, { pending: seen! }, ACCEPTANCE), {
    message: /has been rejected/,
  });
  await bench.check({ a: 'third' });
  const [other] = new PendingResults(bench.tree).pending();
  await bench.check({ a: 'first' });
  await t.rejects(acceptPending(bench.tree, { pending: other! }, ACCEPTANCE), {
    message: /no result is pending/,
  });
});

void t.test('a judgement is refused if the golden was replaced', async (t) => {
  const bench = await open(t);
  await bench.check({ a: 'second' });
  const [pending] = new PendingResults(bench.tree).pending();
  const golden = digestOf(bench);
  await bench.check({ a: 'third' }, { update: 'all' });
  await bench.check({ a: 'second' });
  const seen = { pending: pending!, golden };
  await t.rejects(acceptPending(bench.tree, seen, ACCEPTANCE), { message: /the golden of a changed/ });
  t.equal(await acceptPending(bench.tree, { ...seen, golden: digestOf(bench) }, ACCEPTANCE), 'accepted');
});

void t.test('accepting an equal golden keeps its author, date and reason', async (t) => {
  const bench = await open(t);
  await bench.check({ a: 'second' });
  const [pending] = new PendingResults(bench.tree).pending();
  await acceptPending(bench.tree, { pending: pending! }, ACCEPTANCE);
  const text = readFileSync(join(bench.tree.directoryOf('a'), 'golden.json'), 'utf8');
  await bench.tree.exclusive(() =>
    new PendingResults(bench.tree).put({ name: 'a', directory: null }, pending!),
  );
  const again = { ...ACCEPTANCE, by: 'another', why: 'other words' };
  t.equal(await acceptPending(bench.tree, { pending: pending! }, again), 'agrees');
  t.equal(readFileSync(join(bench.tree.directoryOf('a'), 'golden.json'), 'utf8'), text);
  t.strictSame(new PendingResults(bench.tree).pending(), []);
});

void t.test('one of several simultaneous judgements takes effect', async (t) => {
  const bench = await open(t);
  await bench.check({ a: 'second' });
  const [pending] = new PendingResults(bench.tree).pending();
  const tree = (): GoldenTree => new GoldenTree(bench.tree.root, nodeTreeFiles, nodeProcesses());
  const judges = await Promise.allSettled([
    acceptPending(tree(), { pending: pending! }, ACCEPTANCE),
    rejectPending(tree(), { pending: pending! }, ACCEPTANCE),
    acceptPending(tree(), { pending: pending! }, ACCEPTANCE),
  ]);
  t.equal(judges.filter(({ status }) => status === 'fulfilled').length, 1);
});

void t.test('a rejection is undone, with or without its result', async (t) => {
  const bench = await open(t);
  await bench.check({ a: 'second' });
  const results = new PendingResults(bench.tree);
  const [pending] = results.pending();
  await rejectPending(bench.tree, { pending: pending! }, ACCEPTANCE);
  t.match((await bench.check({ a: 'second' })).results, [{ action: 'rejected', ok: false }]);
  const [rejected] = results.rejected();
  t.equal(await reopenRejected(bench.tree, rejected!), 'pending');
  t.strictSame(results.pending(), [pending]);
  await t.rejects(reopenRejected(bench.tree, rejected!), { code: 'GOLDEN_SUPERSEDED' });
  // In the form of an older version.
  const { pending: _, ...older } = rejected!;
  writeFileSync(join(bench.tree.root, '.pending/a.json'), JSON.stringify(older));
  t.match((await bench.check({ a: 'second' })).results, [{ action: 'rejected' }]);
  t.equal(await reopenRejected(bench.tree, older), 'forgotten');
  t.match((await bench.check({ a: 'second' })).results, [{ action: 'pending' }]);
});

void t.test('a pending result is removed when its run agrees, except in CI', async (t) => {
  const bench = await open(t);
  const results = new PendingResults(bench.tree);
  await bench.check({ a: 'second' });
  await bench.check({ a: 'first' }, { read_only: true });
  t.equal(results.pending().length, 1);
  await bench.check({ a: 'first' });
  t.equal(results.pending().length, 0);
});

void t.test('a pending result of an obsolete golden is removed by the next whole batch', async (t) => {
  const bench = await open(t);
  const results = new PendingResults(bench.tree);
  await bench.check({ a: 'second', b: 'first' });
  t.strictSame(
    results.pending().map(({ golden }) => golden.record.name),
    ['a', 'b'],
  );
  await bench.check({ a: 'second' }, { references: null });
  t.equal(results.pending().length, 2, 'a batch of some runs does not remove it');
  await bench.check({ a: 'second' });
  t.strictSame(
    results.pending().map(({ golden }) => golden.record.name),
    ['a'],
  );
});

void t.test('goldens of one run in two directories have separate pending results', async (t) => {
  const bench = await open(t);
  const directory = join(bench.tree.root, '../profile/a');
  const plain = bench.subject('a', 'second');
  const profile = { ...bench.subject('a', 'third'), directory };
  await bench.check({}, { subjects: [plain], references: null });
  await bench.check({}, { subjects: [profile], references: null });
  const results = new PendingResults(bench.tree);
  t.strictSame(
    results
      .pending()
      .map(({ run }) => run)
      .sort(),
    ['second', 'third'],
  );
  const item = results.pending().find(({ run }) => run === 'third')!;
  // An older version stored it under the name only.
  const pendings = join(bench.tree.root, '.pending');
  rmSync(join(pendings, 'a.json'));
  const [file] = nodeTreeFiles.list(pendings).filter(({ name }) => name.startsWith('a@'));
  renameSync(join(pendings, file!.name), join(pendings, 'a.json'));
  t.match(results.pending(), [{ run: 'third' }]);
  t.equal(await acceptPending(bench.tree, { pending: item }, ACCEPTANCE), 'accepted');
  t.strictSame(results.pending(), []);
  t.equal(bench.tree.read(directory)?.accepted?.why, 'looked at');
});

void t.test('an agreeing run records only which manifest requests the golden', async (t) => {
  const bench = await open(t);
  const before = bench.tree.read(bench.tree.directoryOf('a'))!;
  mkdirSync(join(bench.tree.root, '../manifests'));
  const manifest = join(bench.tree.root, '../manifests/moved.yaml');
  writeFileSync(manifest, 'kind: BatchManifest\n');
  const subjects = [{ ...bench.subject('a', 'first'), manifest }];
  for (const options of [{ read_only: true }, { overridden: true }]) {
    await bench.check({}, { subjects, references: null, ...options });
    t.strictSame(bench.tree.read(bench.tree.directoryOf('a')), before);
  }
  await bench.check({}, { subjects, references: null });
  const after = bench.tree.read(bench.tree.directoryOf('a'));
  t.strictSame(after, { ...before, manifest: '../manifests/moved.yaml' });
});

void t.test('a golden that another manifest of the project requests is not obsolete', async (t) => {
  const bench = await open(t);
  const asked = new Set([bench.tree.directoryOf('a')]);
  const references = { directories: new Set<string>(), manifests: [bench.manifest] };
  t.match(await bench.check({}, { references }), { obsolete: [{ name: 'a' }] });
  t.match(await bench.check({}, { references: { ...references, unloaded: () => Promise.resolve(asked) } }), {
    ok: true,
    obsolete: [],
  });
});
