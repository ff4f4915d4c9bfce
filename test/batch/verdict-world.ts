import { join } from 'node:path';
import { AetherError } from '../../lib/base/errors.js';
import { sha256 } from '../../lib/base/digest.js';
import { Batch, type EndedRuns } from '../../lib/batch/batch.js';
import type { BatchEvent } from '../../lib/batch/batch-event.js';
import { planBatch } from '../../lib/batch/pipeline.js';
import { AS_WRITTEN } from '../../lib/batch/plan/plan.js';
import { type BatchPlan } from '../../lib/batch/plan/batch-plan.js';
import { EVERYTHING } from '../../lib/batch/expand/select.js';
import type { RunJobResult } from '../../lib/execution/run-job.js';
import type { GoldenPlan } from '../../lib/batch/verdict/judge-goldens.js';
import type { ScenarioRegistry } from '../../lib/config/index.js';
import { captureGolden, capturedRun, GoldenTree } from '../../lib/golden/index.js';
import { resultDigest } from '../../lib/base/result-digest.js';
import { nodePlatform } from '../../lib/platform/index.js';
import { MemoryStore, type BatchRecord, type RunRecord } from '../../lib/store/index.js';
import { SimulatedFiles } from '../store/simulated-files.js';
import { ENGINE } from './batch-fixture.js';
import { FakeExecutor, type FakeEnd } from './fake-executor.js';
import { unpackInputs } from '../../lib/execution/job-inputs.js';
import { registryOf, RUN } from './memory-documents.js';
import { runId } from '../ids.js';

export const GOLDEN_STATES = ['agree', 'changed', 'missing', 'damaged'] as const;
export const LOSSES = ['none', 'removed', 'unreadable'] as const;
export const ENDS = ['as expected', 'other end', 'broken'] as const;

/** One scenario of a random project. */
export interface RandomScenario {
  readonly wantsGolden: boolean;
  readonly expectsFault: boolean;
  /** The end of its run when it is computed. */
  readonly end: (typeof ENDS)[number];
  readonly golden: (typeof GOLDEN_STATES)[number];
  /** True if the result is in the store, and the batch only uses it. */
  readonly isHit: boolean;
  /** The loss of a run's record between its end and the comparison. */
  readonly loss: (typeof LOSSES)[number];
}

/** A store whose records can be lost or damaged, and that may refuse batch records. */
class LossyStore extends MemoryStore {
  readonly lost = new Map<string, 'removed' | 'unreadable'>();
  refusesBatches = false;

  override async run(id: string): Promise<RunRecord | undefined> {
    const loss = this.lost.get(id);
    if (loss === 'unreadable') throw new AetherError('STORE_RECORD_CORRUPT', `runs/${id}.json is damaged`);
    return loss === 'removed' ? undefined : super.run(runId(id));
  }

  override async putBatch(batch: BatchRecord): Promise<void> {
    if (this.refusesBatches) throw new AetherError('STORE_FULL', 'no space is left');
    return super.putBatch(batch);
  }
}

const name = (index: number): string => `s${String(index)}`;

/** A registry of these scenarios; their numbers of ticks identify their runs. */
function registryFor(scenarios: readonly RandomScenario[]): ScenarioRegistry {
  return registryOf(
    scenarios
      .map(({ wantsGolden, expectsFault }, n) => {
        const run = RUN.replace('ticks: 4', `ticks: ${String(n + 1)}`);
        const expect = expectsFault ? '{fault: INT_RANGE}' : 'completed';
        return `  - {id: ${name(n)}, golden: ${String(wantsGolden)}, expect: ${expect}, run: ${run}}\n`;
      })
      .join(''),
  );
}

function ended(ticks: number, isFault: boolean, variant: string): FakeEnd {
  const bytes = Buffer.from(`{"ticks":${String(ticks)},"variant":"${variant}"}\n`);
  const digest = sha256(bytes);
  const size = bytes.length;
  const chunk = { digest, size, records: 1, first_tick: 0, last_tick: 0 };
  const media_type = 'application/json' as const;
  const artefacts = [
    { kind: 'metrics', media_type, digest, size, records: 1, chunks: [chunk], stored: true },
  ];
  const failure = { code: 'INT_RANGE', message: 'too large', tick: 1, place: null };
  const outcome: RunJobResult['outcome'] = isFault
    ? { state: 'faulted', failure }
    : { state: 'completed', failure: null };
  return {
    outcome,
    ticks_completed: ticks,
    artefacts,
    result_digest: resultDigest(artefacts),
    blobs: [{ at: 'memory', digest, size, bytes }],
  };
}

/** A project, its store and its goldens in memory. */
export class VerdictWorld {
  readonly registry: ScenarioRegistry;
  readonly store = new LossyStore();
  readonly files = new SimulatedFiles();
  readonly tree = new GoldenTree('/golden', this.files, nodePlatform().processes);
  readonly #scenarios: readonly RandomScenario[];
  #clock = Date.UTC(2025, 0, 1);
  #ids = 0;

  private constructor(scenarios: readonly RandomScenario[]) {
    this.#scenarios = scenarios;
    this.registry = registryFor(scenarios);
  }

  static async open(
    scenarios: readonly RandomScenario[],
    { hasObsolete }: { readonly hasObsolete: boolean },
  ): Promise<VerdictWorld> {
    const world = new VerdictWorld(scenarios);
    const hits = scenarios.map(({ isHit }, n) => (isHit ? name(n) : '')).filter((id) => id !== '');
    await world.#seed(world.store, 'now', hits);
    await world.#writeGoldens(hasObsolete);
    return world;
  }

  /** Executes scenarios with the outcomes that they declare. */
  async #seed(store: MemoryStore, variant: string, ids: readonly string[]): Promise<void> {
    if (ids.length === 0) return;
    const plan = await this.plan(store, ids);
    const end = (ticks: number): FakeEnd => ended(ticks, this.#scenarios[ticks - 1]!.expectsFault, variant);
    const executor = new FakeExecutor(2, ({ inputs }) => end(unpackInputs(inputs).run.ticks));
    await this.batch(plan, { store, executor }).execute();
  }

  async #writeGoldens(hasObsolete: boolean): Promise<void> {
    const now = new MemoryStore();
    const before = new MemoryStore();
    const all = this.#scenarios.map((_, n) => name(n));
    await this.#seed(now, 'now', all);
    await this.#seed(before, 'before', all);
    for (const [n, { golden }] of this.#scenarios.entries()) {
      if (golden === 'missing' || !this.#scenarios[n]!.wantsGolden) continue;
      await this.#writeGolden(golden === 'changed' ? before : now, name(n), name(n));
      if (golden === 'damaged') this.#replace(join('/golden', name(n), 'golden.json'), '{"schema":');
    }
    if (hasObsolete) await this.#writeGolden(now, name(0), 'gone');
  }

  async #writeGolden(store: MemoryStore, run: string, as: string): Promise<void> {
    const record = (await store.latestRun(run))!;
    const accepted = { by: null, at: '2025-01-01T00:00:00.000Z', why: 'a test' };
    const about = { name: as, scenario: as, manifest: '../m.yaml', accepted };
    const golden = await captureGolden(capturedRun(store, record), about);
    for (const directory of ['/golden', join('/golden', as)]) this.files.makeDirectory(directory);
    for (const [file, text] of Object.entries(golden.files)) {
      this.files.create(join('/golden', as, file), text);
    }
    this.files.create(join('/golden', as, 'golden.json'), JSON.stringify(golden.record));
  }

  #replace(path: string, text: string): void {
    this.files.remove(path);
    this.files.create(path, text);
  }

  async plan(store: MemoryStore = this.store, scenarios: readonly string[] = []): Promise<BatchPlan> {
    const planned = await planBatch({
      ...AS_WRITTEN,
      registry: this.registry,
      store,
      selection: scenarios.length === 0 ? EVERYTHING : { ...EVERYTHING, scenarios },
    });
    if (!planned.ok) throw new Error(planned.problems.map(({ message }) => message).join('\n'));
    return planned.value;
  }

  /** Ends runs as the scenarios declare. */
  executor(): FakeExecutor {
    return new FakeExecutor(2, ({ inputs }) => {
      const { run } = unpackInputs(inputs);
      const { end, expectsFault } = this.#scenarios[run.ticks - 1]!;
      if (end === 'broken') return new AetherError('WORKER_DIED', 'the worker ended');
      return ended(run.ticks, end === 'as expected' ? expectsFault : !expectsFault, 'now');
    });
  }

  batch(
    plan: BatchPlan,
    options: {
      readonly store?: MemoryStore;
      readonly executor?: FakeExecutor;
      readonly emit?: (event: BatchEvent) => void;
    } = {},
  ): Batch {
    const { store = this.store, executor = this.executor(), emit = () => undefined } = options;
    const tick = (): number => this.#clock++;
    const around = {
      executor,
      store,
      clock: { now: tick, monotonic: tick },
      random: () => this.#ids++ / 100_000,
      engine: ENGINE,
      emit,
      grace_ms: 20,
      chunk_bytes: null,
    };
    return new Batch(plan, {
      around,
      limits: { max_failures: null, global_timeout_ms: null },
      manifests: ['m.yaml'],
    });
  }

  /** Loses records of ended runs as the scenarios declare. */
  lose({ outcomes }: EndedRuns): void {
    for (const { scenario, run } of outcomes) {
      const { loss } = this.#scenarios[Number(scenario.slice(1))]!;
      if (run !== null && loss !== 'none') this.store.lost.set(run, loss);
    }
  }

  goldenPlan(off: boolean): GoldenPlan {
    if (off) return { off: '--no-golden', registry: this.registry };
    return {
      tree: this.tree,
      store: this.store,
      registry: this.registry,
      files: ['/m.yaml'],
      elsewhere: () => Promise.resolve(new Set()),
      whole: true,
      update: 'none',
      read_only: true,
      overridden: false,
      by: null,
      why: '',
      clock: { now: () => this.#clock, monotonic: () => this.#clock },
    };
  }
}
