import {
  acceptPending,
  captureGolden,
  GoldenTree,
  isDamage,
  isPending,
  PendingResults,
  rejectPending,
  reopenRejected,
  type PendingGolden,
} from '../../lib/golden/index.js';
import { MemoryStore } from '../../lib/store/index.js';
import { captured } from '../golden/sample-golden.js';
import { sampleInputs } from '../inspect/sample-inputs.js';
import { keepRun, mustOpen } from '../inspect/sample-store.js';
import type { SimulatedMachine } from '../store/simulated-machine.js';
import { runId } from '../ids.js';

const ROOT = '/data/judged/golden';
const BY = { by: 'tester', at: '2025-01-02T00:00:00.000Z', why: 'looked at' };
const SLOT = { name: 'a', directory: null };

/** Two results of one name. */
export async function twoResults(): Promise<readonly PendingGolden[]> {
  const store = new MemoryStore();
  await keepRun(store, sampleInputs({ ticks: 2 }), { id: 'first' });
  await keepRun(store, sampleInputs({ ticks: 2, k: { 1: 9 } }), { id: 'second' });
  const about = { name: 'a', scenario: 'a', manifest: '../all.yaml', accepted: null };
  return Promise.all(
    ['first', 'second'].map(runId).map(async (run) => {
      const golden = await captureGolden(captured(await mustOpen(store, run)), about);
      return { schema: 'aether-golden-pending/1', directory: null, verdict: 'changed', run, golden } as const;
    }),
  );
}

/** The accepted, pending and rejected results as `<golden>|<slot>`. */
type State = string;

/** One golden with random judgements: announced operations are durable, and nothing is lost in between. */
export class JudgedGolden {
  readonly #machine: SimulatedMachine;
  readonly #results: readonly PendingGolden[];
  #possible: ReadonlySet<State> = new Set(['none|none']);
  /** Completed judgements. */
  judged = 0;

  constructor(machine: SimulatedMachine, results: readonly PendingGolden[]) {
    this.#machine = machine;
    this.#results = results;
  }

  /** Makes a result pending, accepts it, rejects it or reopens it. */
  async judge(draw: () => number, isCrashed: () => boolean): Promise<void> {
    const { files, processes } = this.#machine.start();
    const tree = new GoldenTree(ROOT, files, processes);
    const [golden, slot] = this.#undisturbed().split('|') as [string, string];
    const run = slot.slice(2);
    const result = this.#results.find((one) => one.run === run);
    const pending = new PendingResults(tree);
    if (result === undefined || draw() < 0.2) {
      const next = this.#results[Math.floor(draw() * 2)]!;
      this.#between([`${golden}|${slot}`, `${golden}|w:${next.run}`]);
      await tree.exclusive(() => pending.put(SLOT, next));
      this.#announce(`${golden}|w:${next.run}`, isCrashed);
    } else if (slot.startsWith('r:')) {
      this.#between([`${golden}|${slot}`, `${golden}|w:${run}`]);
      await reopenRejected(tree, pending.rejected()[0]!);
      this.#announce(`${golden}|w:${run}`, isCrashed);
    } else if (golden !== 'damaged' && draw() < 0.4) {
      this.#between([`${golden}|w:${run}`, `${golden}|r:${run}`]);
      await rejectPending(tree, { pending: result }, BY);
      this.#announce(`${golden}|r:${run}`, isCrashed);
    } else {
      // A golden whose artefacts are being replaced is reported as damaged; its result is still pending then.
      this.#between([`${golden}|w:${run}`, `damaged|w:${run}`, `${run}|w:${run}`, `${run}|none`]);
      await acceptPending(tree, { pending: result }, BY);
      this.#announce(`${run}|none`, isCrashed);
    }
    this.judged += 1;
  }

  /** The current error; undefined if the state is allowed. */
  fault(): string | undefined {
    const found = this.#undisturbed();
    const expected = [...this.#possible];
    this.#possible = new Set([found]);
    return expected.includes(found)
      ? undefined
      : `the golden is ${found}, but may be ${expected.join(' or ')}`;
  }

  #between(states: readonly State[]): void {
    this.#possible = new Set(states);
  }

  #announce(state: State, isCrashed: () => boolean): void {
    if (!isCrashed()) this.#possible = new Set([state]);
  }

  /** The state as read by a process without errors. */
  #undisturbed(): State {
    const { files } = this.#machine;
    const { before } = files;
    files.before = () => undefined;
    try {
      return this.#state();
    } finally {
      files.before = before;
    }
  }

  #state(): State {
    const { files, processes } = this.#machine.start();
    const tree = new GoldenTree(ROOT, files, processes);
    const { items, problems } = new PendingResults(tree).all();
    if (problems.length > 0) return `${JSON.stringify(problems)}|?`;
    const [item] = items;
    const slot = item && (isPending(item) ? `w:${item.run}` : `r:${item.pending?.run ?? '?'}`);
    return `${this.#golden(tree)}|${slot ?? 'none'}`;
  }

  #golden(tree: GoldenTree): string {
    try {
      const golden = tree.read(tree.directoryOf('a'));
      if (golden === undefined) return 'none';
      tree.check(tree.directoryOf('a'), golden);
      const digest = golden.result_digest;
      return this.#results.find(({ golden: { record } }) => record.result_digest === digest)?.run ?? digest;
    } catch (error) {
      if (!isDamage(error)) throw error;
      return 'damaged';
    }
  }
}
