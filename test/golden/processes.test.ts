import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import t from 'tap';
import { GoldenTree, isPending, PendingResults } from '../../lib/golden/index.js';
import { TreeLock } from '../../lib/golden/tree/tree-lock.js';
import { nodeProcesses } from '../../lib/platform/index.js';
import { MemoryStore } from '../../lib/store/index.js';
import { ended } from '../cli/cli-fixture.js';
import { sampleInputs } from '../inspect/sample-inputs.js';
import { keepRun } from '../inspect/sample-store.js';
import { SimulatedMachine } from '../store/simulated-machine.js';
import { Bench, scratch } from './sample-golden.js';

const WRITER = fileURLToPath(new URL('./golden-writer.js', import.meta.url));

void t.test('simultaneous judgements of the same goldens succeed without partial reads', async (t) => {
  const directory = scratch(t);
  const store = new MemoryStore();
  const bench = new Bench(directory, store);
  await keepRun(store, sampleInputs({ ticks: 4, k: { 1: 5 } }), { id: 'mine' });
  const writers = ['5', '7', '9'].map((k) => ended(spawn(process.execPath, [WRITER, directory, k, '12'])));
  let isDone = false;
  const all = Promise.all(writers).finally(() => {
    isDone = true;
  });
  const seen = new Set<string>();
  while (!isDone) {
    const { results } = await bench.check({ a: 'mine' }, { read_only: true, references: null });
    seen.add(results[0]!.verdict.verdict);
    await setImmediate();
  }
  for (const { code, out, err } of await all) t.same([code, out, err], [0, '[]', '']);
  t.notOk(seen.has('damaged'), [...seen].join());
  const golden = bench.tree.read(bench.tree.directoryOf('a'))!;
  bench.tree.check(bench.tree.directoryOf('a'), golden);
  const { items, problems } = new PendingResults(bench.tree).all();
  t.strictSame(problems, []);
  t.ok(items.every(isPending));
  const left = readdirSync(bench.tree.root, { recursive: true }).filter((name) =>
    /\.tmp-/.test(String(name)),
  );
  t.strictSame(left, [], 'no temp file remains');
});

void t.test('temp files of dead processes are removed, those of living ones kept', async (t) => {
  const store = new MemoryStore();
  const bench = new Bench(scratch(t), store);
  await keepRun(store, sampleInputs({ ticks: 4 }), { id: 'first' });
  await bench.check({ a: 'first' }, { update: 'all' });
  const { pid, scope, start } = nodeProcesses().self;
  const gone = `.tmp-999999999-1-${scope}-0.aaaa.1`;
  const alive = `.tmp-${pid}-${start === '' ? 'x' : start}-${scope}-9.bbbb.1`;
  const elsewhere = `.tmp-1-1-0123456789abcdef-0.cccc.1`;
  const at = (...names: string[]): string => join(bench.tree.root, ...names);
  for (const name of [gone, alive, elsewhere]) {
    writeFileSync(at('a', name), 'x');
    mkdirSync(at(name));
    writeFileSync(at(name, 'golden.json'), 'x');
  }
  writeFileSync(at('a/.tmp-golden.json'), 'of an older version');
  writeFileSync(at('a/.tmp-notes.json'), 'of the user');
  await keepRun(store, sampleInputs({ ticks: 4, k: { 1: 9 } }), { id: 'second' });
  await bench.check({ a: 'second', b: 'first' }, { update: 'all' });
  const isLeft = (name: string): readonly boolean[] => [existsSync(at('a', name)), existsSync(at(name))];
  t.same([gone, alive, elsewhere].map(isLeft), [
    [false, false],
    [true, true],
    [true, true],
  ]);
  t.notOk(existsSync(at('a/.tmp-golden.json')));
  t.ok(existsSync(at('a/.tmp-notes.json')));
  t.match(await bench.check({ a: 'second', b: 'first' }), { ok: true, obsolete: [] });
});

void t.test('the lock of an ended process is taken over, that of a living one is awaited', async (t) => {
  const machine = new SimulatedMachine();
  await machine.files.makeDirectories('/goldens');
  const first = machine.start();
  const second = machine.start();
  const lockOf = (platform: typeof first): TreeLock =>
    new TreeLock('/goldens', machine.files, platform.processes);
  const release = await lockOf(first).take();
  let pauses = 0;
  machine.duringPause = () => {
    if (++pauses === 5) release();
  };
  const releaseSecond = await lockOf(second).take();
  t.equal(pauses, 5, 'it waits until the lock is released');
  machine.kill(second);
  machine.duringPause = () => {
    t.fail('no wait is expected');
  };
  const third = await lockOf(machine.start()).take();
  releaseSecond();
  await t.rejects(
    (async () => {
      machine.duringPause = () => undefined;
      await lockOf(first).take();
    })(),
    { code: 'GOLDEN_LOCKED' },
    'a late release does not release the lock of the next owner',
  );
  third();
  const stranger = await lockOf(machine.start({ elsewhere: true })).take();
  let waited = 0;
  machine.duringPause = () => {
    waited += 1;
  };
  (await lockOf(first).take())();
  t.ok(waited > 100, 'a process elsewhere is given time');
  stranger();
  const tree = new GoldenTree('/goldens', machine.files, first.processes);
  t.equal(await tree.exclusive(() => Promise.resolve('done')), 'done');
});
