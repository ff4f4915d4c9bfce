import t from 'tap';
import {
  acceptPending,
  captureGolden,
  goldenDigest,
  GoldenTree,
  isDamage,
  isPending,
  PendingResults,
  rejectPending,
  reopenRejected,
  type GoldenRecord,
  type PendingGolden,
} from '../../lib/golden/index.js';
import { MemoryStore } from '../../lib/store/index.js';
import { sampleInputs } from '../inspect/sample-inputs.js';
import { keepRun, mustOpen } from '../inspect/sample-store.js';
import { POWER_CUTS } from '../store/power-cuts.js';
import { SimulatedMachine } from '../store/simulated-machine.js';
import { captured } from './sample-golden.js';
import { runId } from '../ids.js';

const ROOT = '/project/deep/golden';
const BY = { by: 'tester', at: '2025-01-02T00:00:00.000Z', why: 'looked at' };
const SLOT = { name: 'a', directory: null };

async function pendingOf(store: MemoryStore, id: string): Promise<PendingGolden> {
  const about = { name: 'a', scenario: 'a', manifest: '../all.yaml', accepted: null };
  const golden = await captureGolden(captured(await mustOpen(store, id)), about);
  return { schema: 'aether-golden-pending/1', directory: null, verdict: 'changed', run: runId(id), golden };
}

class Crash extends Error {}

/** One golden, from its first result to its removal. */
const OPERATIONS = [
  'p1 waits',
  'p1 accepted',
  'p2 waits',
  'p2 rejected',
  'p2 reopened',
  'p2 accepted',
  'refreshed',
  'removed',
] as const;

async function work(
  machine: SimulatedMachine,
  [p1, p2]: readonly [PendingGolden, PendingGolden],
  announce: () => void,
): Promise<void> {
  const { files, processes } = machine.start();
  const tree = new GoldenTree(ROOT, files, processes);
  const results = new PendingResults(tree);
  const directory = tree.directoryOf('a');
  const steps: readonly (() => Promise<unknown>)[] = [
    () => tree.exclusive(() => results.put(SLOT, p1)),
    () => acceptPending(tree, { pending: p1 }, BY),
    () => tree.exclusive(() => results.put(SLOT, p2)),
    () => rejectPending(tree, { pending: p2 }, BY),
    () => reopenRejected(tree, results.rejected()[0]!),
    () => acceptPending(tree, { pending: p2 }, BY),
    () =>
      tree.exclusive(() =>
        tree.replaceRecord(directory, { ...tree.read(directory)!, manifest: '../moved.yaml' }),
      ),
    () => tree.exclusive(() => tree.remove(directory)),
  ];
  for (const step of steps) {
    await step();
    announce();
  }
}

/** The golden if it is complete; `damaged` if its digests do not match. */
function goldenIn(tree: GoldenTree): GoldenRecord | 'damaged' | undefined {
  try {
    const golden = tree.read(tree.directoryOf('a'));
    if (golden !== undefined) tree.check(tree.directoryOf('a'), golden);
    return golden;
  } catch (error) {
    if (!isDamage(error)) throw error;
    return 'damaged';
  }
}

interface Found {
  readonly golden: GoldenRecord | 'damaged' | undefined;
  /** Run of the pending result. */
  readonly waits: string | undefined;
  readonly rejected: string | undefined;
}

function find(machine: SimulatedMachine): Found {
  const { files, processes } = machine.start();
  const tree = new GoldenTree(ROOT, files, processes);
  const { items, problems } = new PendingResults(tree).all();
  if (problems.length > 0) throw new Error(JSON.stringify(problems));
  const [item] = items;
  const waits = isPending(item) ? item.run : undefined;
  return {
    golden: goldenIn(tree),
    waits,
    rejected: item && !isPending(item) ? item.pending?.run : undefined,
  };
}

/** The files that must exist after a number of announced operations; the next operation may have begun. */
function isKept(announced: number, { golden, waits, rejected }: Found, digests: readonly string[]): boolean {
  const holds = (n: number): boolean => typeof golden === 'object' && golden.result_digest === digests[n];
  const last = OPERATIONS[announced - 1];
  switch (last) {
    case 'p1 waits':
      return waits === 'first' || holds(0);
    case 'p1 accepted':
      return holds(0);
    case 'p2 waits':
    case 'p2 rejected':
      return holds(0) && (waits === 'second' || rejected === 'second');
    case 'p2 reopened':
      return holds(1) || (waits === 'second' && (holds(0) || golden === 'damaged'));
    case 'p2 accepted':
      return holds(1);
    case 'refreshed':
      return golden === undefined || (holds(1) && (golden as GoldenRecord).manifest === '../moved.yaml');
    default:
      return golden === undefined;
  }
}

for (const [label, cut] of Object.entries(POWER_CUTS)) {
  void t.test(`goldens survive a power failure at any step; ${label}`, async (inner) => {
    const store = new MemoryStore();
    await keepRun(store, sampleInputs({ ticks: 2 }), { id: 'first' });
    await keepRun(store, sampleInputs({ ticks: 2, k: { 1: 9 } }), { id: 'second' });
    const results = [await pendingOf(store, 'first'), await pendingOf(store, 'second')] as const;
    const digests = results.map(({ golden }) => golden.record.result_digest);
    let steps = 0;
    for (let step = 0; ; step++) {
      const machine = new SimulatedMachine();
      await machine.files.makeDirectories('/project');
      let left = step;
      let announced = 0;
      machine.files.before = (): void => {
        if (left-- <= 0) throw new Crash();
      };
      const ended = await work(machine, results, () => announced++).catch((error: unknown) => error);
      if (ended !== undefined && !(ended instanceof Crash)) throw ended;
      machine.alive.clear();
      machine.files.cutPower(cut(step + 1));
      const found = find(machine);
      if (!isKept(announced, found, digests)) {
        inner.fail(`after ${String(announced)} operations, at step ${String(step)}`, { found });
      }
      if (ended === undefined) break;
      // The same operations succeed afterwards from any remaining state.
      if (step % 7 === 0) {
        const { files, processes } = machine.start();
        const tree = new GoldenTree(ROOT, files, processes);
        await tree.exclusive(() => new PendingResults(tree).put(SLOT, results[0]));
        await acceptPending(tree, { pending: results[0] }, BY);
        inner.equal(goldenDigest(tree, tree.directoryOf('a')), digests[0], 'the next judgement succeeds');
      }
      steps += 1;
    }
    inner.ok(steps > 150, `${String(steps)} steps were tried`);
  });
}
