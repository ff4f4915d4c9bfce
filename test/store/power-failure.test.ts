import t from 'tap';
import { openDiskStore, openStager, verifyStore, type DiskStore } from '../../lib/store/index.js';
import type { StoreFormat } from '../../lib/store/layout.js';
import { draws } from './draws.js';
import { keyOf, sampleRun } from './sample-run.js';
import type { PowerCut } from './simulated-files.js';
import { SimulatedMachine } from './simulated-machine.js';
import { runId } from '../ids.js';

class Crash extends Error {}

const CUTS: Record<string, (seed: number) => PowerCut> = {
  'nothing unsynced survives': () => ({ keepName: () => false, keepBytes: () => 0 }),
  'all names survive, unsynced bytes do not': () => ({ keepName: () => true, keepBytes: () => 0 }),
  'sectors are torn and names have any of their versions': (seed) => {
    const draw = draws(seed);
    return {
      keepName: () => draw() < 0.7,
      keepBytes: () => 1,
      keepSector: () => draw() < 0.5,
      pickVersion: draw,
    };
  },
  'some names and some bytes survive': (seed) => {
    const draw = draws(seed);
    return { keepName: () => draw() < 0.5, keepBytes: draw };
  },
};

/** Opens a store and publishes three groups of runs; returns the ids whose publish resolved. */
async function work(
  machine: SimulatedMachine,
  resolved: Set<string>,
  crashed: () => boolean,
  format: StoreFormat,
): Promise<void> {
  const platform = machine.start();
  const store = await openDiskStore({ root: '/data/store', platform, format });
  const stager = openStager(store.stager, platform);
  for (const group of [['r1'], ['r2', 'r3'], ['r4']]) {
    const calls = group.map(async (id) => {
      await store.publish(sampleRun(stager, { id, name: `n-${id}` }));
      // A killed process announces nothing.
      if (!crashed()) resolved.add(id);
    });
    for (const call of await Promise.allSettled(calls)) if (call.status === 'rejected') throw call.reason;
  }
  await store.close();
}

/** Crashes before the given step; false when the work needs fewer steps. */
async function crashAt(
  machine: SimulatedMachine,
  step: number,
  resolved: Set<string>,
  format: StoreFormat,
): Promise<boolean> {
  let left = step;
  let crashed = false;
  machine.files.before = (): void => {
    if (left-- > 0) return;
    crashed = true;
    throw new Crash();
  };
  await work(machine, resolved, () => crashed, format).catch(() => undefined);
  return crashed;
}

async function everyRunIsWhole(store: DiskStore): Promise<boolean> {
  for (const id of await store.runIds()) {
    const run = await store.run(id);
    for (const { chunks } of run!.artefacts) for (const { digest } of chunks) await store.blob(digest);
  }
  return true;
}

const FORMATS: readonly StoreFormat[] = ['aether-store/1', 'aether-store/2'];

for (const [label, cut, format] of Object.entries(CUTS).flatMap(([l, c]) =>
  FORMATS.map((f) => [l, c, f] as const),
)) {
  void t.test(`a store survives a power failure at any step; ${label}; ${format}`, async (inner) => {
    let steps = 0;
    for (let step = 0; ; step++) {
      const machine = new SimulatedMachine();
      const resolved = new Set<string>();
      const crashed = await crashAt(machine, step, resolved, format);
      machine.alive.clear();
      machine.files.cutPower(cut(step + 1));
      const platform = machine.start();
      const store = await openDiskStore({ root: '/data/store', platform, format });
      const report = await verifyStore(store);
      if (report.problems.length > 0) inner.strictSame(report.problems, [], `after step ${String(step)}`);
      await everyRunIsWhole(store);
      for (const id of resolved) {
        const found = [
          await store.run(runId(id)),
          await store.runForKey(keyOf(id)),
          await store.latestRun(`n-${id}`),
        ];
        if (found.some((run) => run?.id !== id)) inner.fail(`${id} was lost after step ${String(step)}`);
      }
      const leftovers = [
        ...machine.files.list('/data/store/tmp'),
        ...machine.files.list('/data/store/locks'),
      ];
      if (leftovers.length > 1) inner.strictSame(leftovers, [], `leftovers after step ${String(step)}`);
      await store.close();
      if (!crashed) break;
      steps += 1;
    }
    inner.ok(steps > 100, `${String(steps)} steps were tried`);
  });
}
