import { join } from 'node:path';
import t from 'tap';
import type { TreePlatform } from '../../lib/base/ports.js';
import { InProcessExecutor } from '../../lib/execution/in-process-executor.js';
import { loadManifests, type ScenarioRegistry } from '../../lib/config/index.js';
import { nodeDocumentFiles, nodeGrowingFiles } from '../../lib/platform/index.js';
import { recordInterrupted } from '../../lib/service/runs/interrupted-runs.js';
import { recordStatus } from '../../lib/service/runs/record-status.js';
import type { RunHandle } from '../../lib/service/runs/run-handle.js';
import { plainPlan, planRun } from '../../lib/service/runs/run-plan.js';
import { Supervisor } from '../../lib/service/runs/supervisor.js';
import { ActiveScenario } from '../../lib/service/state/active-scenario.js';
import { BaseGovernance } from '../../lib/service/state/base-governance.js';
import { replaceDocuments } from '../../lib/service/state/replace-documents.js';
import { StateDirectory } from '../../lib/service/state/state-directory.js';
import { openDiskStore, openStager, type DiskStore } from '../../lib/store/index.js';
import { POWER_CUTS } from '../store/power-cuts.js';
import { systemError } from '../store/simulated-files.js';
import { SimulatedMachine } from '../store/simulated-machine.js';
import { writeDocuments } from './service-documents.js';
import { runId } from '../ids.js';

/**
 * State that a service has announced is found by the next service, for any step of the disk that fails or is the
 * last.
 */

const AT = '2026-01-02T03:04:05.678Z';
const STORE = '/data/store';
const MANIFESTS = ['/data/project/a.yaml', '/data/project/b.yaml'];

/** One life of the parts of a service that write. */
class Life {
  run: RunHandle | undefined;
  /** Resolves when all parts wait repeatedly. */
  readonly stuck: Promise<void>;

  private constructor(
    machine: SimulatedMachine,
    readonly platform: TreePlatform,
    readonly store: DiskStore,
    readonly state: StateDirectory,
    readonly governance: BaseGovernance,
    readonly active: ActiveScenario,
  ) {
    let pauses = 0;
    this.stuck = new Promise((resolve) => {
      machine.duringPause = (): void => {
        if (++pauses === 50) resolve();
      };
    });
  }

  static async begin(machine: SimulatedMachine): Promise<Life> {
    const platform = machine.start();
    const store = await openDiskStore({ root: STORE, platform });
    const state = await StateDirectory.open(join(STORE, '.service'), platform);
    const stager = openStager(store.stager, platform);
    await recordInterrupted({ state, store, stager, files: platform.files, growing: nodeGrowingFiles });
    const governance = await BaseGovernance.open(state, AT);
    return new Life(machine, platform, store, state, governance, new ActiveScenario(state));
  }

  limit(value: number): Promise<void> {
    const by = { who: 'test', at: AT, if_match: this.governance.etag };
    return this.governance.change({ budget_knobs: { max_topology_changes: value } }, by);
  }

  /** Starts a run and waits for its end. */
  async execute(registry: ScenarioRegistry, started: (id: string) => void = () => undefined): Promise<void> {
    const { platform, store, state } = this;
    const executor = new InProcessExecutor({
      slots: 1,
      clock: platform.clock,
      openLog: () => null,
      openStager: (spec) => openStager(spec, platform),
    });
    const supervisor = new Supervisor({
      executor,
      store,
      state,
      clock: platform.clock,
      pause: platform.processes.pause,
      engine: { version: 'test', commit: null, node: 'test', platform: 'test' },
      random: Math.random,
      max_active: 1,
      grace_ms: 1000,
      stall_ms: 60_000,
    });
    const budget = { work: 1e12, bytes: null, memory_bytes: null };
    const options = { registry, governance: this.governance.knobs, budget };
    const plan = plainPlan(planRun({ scenario_id: 'quick' }, options));
    try {
      this.run = await supervisor.start(plan);
      started(this.run.id);
      // With a store that cannot be read at all, nothing is announced.
      await Promise.race([this.run.over, this.stuck]);
      if (!this.run.isOver) this.run = undefined;
    } finally {
      await supervisor.close();
    }
  }
}

function registryOf(directory: string): ScenarioRegistry {
  writeDocuments(directory);
  const loaded = loadManifests([join(directory, 'manifest.yaml')], nodeDocumentFiles);
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.problems));
  return loaded.value;
}

interface Fault {
  readonly code: string;
  readonly once: boolean;
}

/** Fails the given step from now on; the result is true if the step was reached. */
function failAt(machine: SimulatedMachine, step: number, { code, once }: Fault): () => boolean {
  let left = step;
  let failed = false;
  machine.files.before = (_, path): void => {
    if (left-- > 0 || (once && failed)) return;
    failed = true;
    throw systemError(code, path);
  };
  return () => failed;
}

const FAULTS: readonly Fault[] = ['EIO', 'ENOSPC', 'EROFS', 'EACCES'].flatMap((code) => [
  { code, once: true },
  { code, once: false },
]);
let injected = 0;

/**
 * Plays a scene with each step failing in turn; `check` compares the announced state with that of the next
 * service.
 */
async function everyFault(
  scene: (life: Life) => Promise<void>,
  check: (life: Life, next: Life, what: string) => Promise<void>,
): Promise<void> {
  for (const fault of FAULTS) {
    for (let step = 0; ; step++) {
      const machine = new SimulatedMachine();
      for (const directory of ['/data', '/data/project']) machine.files.makeDirectory(directory);
      for (const path of MANIFESTS) machine.files.create(path, `old ${path}`);
      const life = await Life.begin(machine);
      await life.limit(1);
      await life.active.activate('first');
      const failed = failAt(machine, step, fault);
      await scene(life);
      if (!failed()) break;
      injected++;
      machine.files.before = (): void => undefined;
      machine.kill(life.platform);
      const next = await Life.begin(machine);
      await check(life, next, `${fault.code} at step ${String(step)}${fault.once ? '' : ' and after'}`);
    }
  }
}

void t.test('governance and activation are in force after a restart as announced', async (t) => {
  await everyFault(
    async (life) => {
      await life.limit(2).catch(() => undefined);
      await life.active.activate('second').catch(() => undefined);
    },
    (life, next, what) => {
      const said = [life.governance.knobs, life.governance.audit, life.active.id];
      const found = [next.governance.knobs, next.governance.audit, next.active.id];
      if (JSON.stringify(said) !== JSON.stringify(found)) t.strictSame(said, found, what);
      return Promise.resolve();
    },
  );
  t.ok(injected > 30, `${String(injected)} faults`);
});

void t.test('an edit of two documents takes effect as a whole or not at all, as announced', async (t) => {
  const texts = new Map(MANIFESTS.map((path) => [path, `new ${path}`]));
  const outcomes = new Map<Life, 'new' | 'old' | 'said to be half done'>();
  await everyFault(
    async (life) => {
      const outcome = await replaceDocuments(texts, () => undefined, life.platform).then(
        () => 'new' as const,
        (error: Error) => (/cannot be restored/.test(error.message) ? 'said to be half done' : 'old'),
      );
      outcomes.set(life, outcome);
    },
    (life, { platform }, what) => {
      const outcome = outcomes.get(life)!;
      const found = MANIFESTS.map((path) => platform.files.readText(path));
      if (outcome === 'said to be half done') return Promise.resolve();
      const said = MANIFESTS.map((path) => `${outcome} ${path}`);
      if (JSON.stringify(said) !== JSON.stringify(found)) t.strictSame(found, said, what);
      return Promise.resolve();
    },
  );
  const half = [...outcomes.values()].filter((outcome) => outcome === 'said to be half done').length;
  t.ok(half <= 4, `${String(half)} of ${String(outcomes.size)} could not be undone`);
});

void t.test('the announced state of a run is found after a restart', async (t) => {
  const registry = registryOf(t.testdir());
  const ends = new Set<string>();
  await everyFault(
    (life) => life.execute(registry).catch(() => undefined),
    async (life, { store }, what) => {
      const said = life.run?.status();
      if (said === undefined) return;
      ends.add(said.state);
      const record = await store.run(runId(said.run_id));
      const found = record === undefined ? undefined : recordStatus(record);
      // On a disk without space the progress of a run is lost, but not that it did not succeed.
      const isFar = what.endsWith('and after') || found?.ticks_completed === said.ticks_completed;
      if (found?.state !== said.state || !isFar) t.strictSame(found, said, what);
    },
  );
  t.strictSame([...ends].sort(), ['completed', 'fault']);
  t.comment(`${String(injected)} faults in all`);
  t.ok(injected >= 1000, `${String(injected)} faults`);
});

class PowerFailure extends Error {}

interface Announced {
  limit: number;
  active: string | null;
  started: string | undefined;
  end: string | undefined;
}

/** The first service of a store: it makes changes and executes a run. */
async function firstService(
  machine: SimulatedMachine,
  registry: ScenarioRegistry,
  said: Announced,
): Promise<void> {
  const life = await Life.begin(machine);
  await life.limit(1);
  said.limit = 1;
  await life.active.activate('first');
  said.active = 'first';
  await life.execute(registry, (id) => (said.started = id));
  said.end = life.run!.status().state;
  await life.limit(2);
  said.limit = 2;
}

for (const [label, cut] of Object.entries(POWER_CUTS)) {
  void t.test(`the first service of a store survives a power failure at any step; ${label}`, async (t) => {
    const registry = registryOf(t.testdir());
    let steps = 0;
    for (; ; steps++) {
      const machine = new SimulatedMachine();
      const said: Announced = { limit: 0, active: null, started: undefined, end: undefined };
      let left = steps;
      // Announcements of the process after the power failure reach no client.
      let heard: Announced | undefined;
      machine.files.before = (): void => {
        if (left-- > 0) return;
        heard ??= { ...said };
        throw new PowerFailure();
      };
      await firstService(machine, registry, said).catch(() => undefined);
      heard ??= { ...said };
      machine.alive.clear();
      machine.files.cutPower(cut(steps + 1));
      const { governance, active, store } = await Life.begin(machine);
      const what = `after step ${String(steps)}: ${JSON.stringify(heard)}`;
      const limit = governance.knobs.budget.max_topology_changes ?? 0;
      if (limit < heard.limit) t.fail(`${what}: limit ${String(limit)}`);
      if (governance.audit.length !== limit) t.fail(`${what}: ${String(governance.audit.length)} entries`);
      if (heard.active !== null && active.id !== heard.active) t.fail(`${what}: active ${String(active.id)}`);
      if (heard.started !== undefined) {
        const record = await store.run(runId(heard.started));
        if (record === undefined) t.fail(`${what}: the run is gone`);
        else if (heard.end === 'completed' && record.state !== 'completed')
          t.fail(`${what}: ${record.state}`);
      }
      if (left > 0) break;
    }
    t.ok(steps > 150, `${String(steps)} steps`);
  });
}
