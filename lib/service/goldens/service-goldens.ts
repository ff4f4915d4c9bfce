import { AetherError } from '../../base/errors.js';
import type { Clock } from '../../base/ports.js';
import type { GoldenPlan } from '../../batch/verdict/judge-goldens.js';
import type { ScenarioRegistry } from '../../config/index.js';
import {
  agrees,
  captureGolden,
  capturedRun,
  checkGolden,
  describeVerdict,
  goldenComparer,
  goldenPlaces,
  portablePath,
  recordDiff,
  type GoldenPlace,
  type GoldenRecord,
  type GoldenTree,
  type GoldenVerdict,
} from '../../golden/index.js';
import { LastRuns } from '../../store/last-runs.js';
import type { ArtefactStore } from '../../store/port.js';
import type { RunRecord } from '../../store/records.js';
import { Refusal } from '../http/problems.js';
import type { GoldenDiff, GoldenState, GoldenStatus } from '../wire/golden.js';
import type { GoldenDesk } from './golden-desk.js';

export interface ServiceGoldensOptions {
  readonly tree: GoldenTree;
  readonly store: ArtefactStore;
  readonly clock: Clock;
  /** True where no golden is written. */
  readonly read_only: boolean;
}

/** Goldens as the service shows them: the last result of each name, computed or found, against the accepted one. */
export class ServiceGoldens implements GoldenDesk {
  readonly #tree: GoldenTree;
  readonly #store: ArtefactStore;
  readonly #clock: Clock;
  readonly #readOnly: boolean;
  #history: { readonly batches: string; readonly lastRuns: LastRuns } | undefined;

  constructor({ tree, store, clock, read_only }: ServiceGoldensOptions) {
    this.#tree = tree;
    this.#store = store;
    this.#clock = clock;
    this.#readOnly = read_only;
  }

  async list(registry: ScenarioRegistry): Promise<readonly GoldenStatus[]> {
    const list: GoldenStatus[] = [];
    const lastRuns = await this.#lastRuns();
    for (const place of goldenPlaces(this.#tree, registry)) list.push(await this.#status(place, lastRuns));
    return list;
  }

  async diff(registry: ScenarioRegistry, name: string): Promise<GoldenDiff | undefined> {
    const place = this.#find(registry, name);
    if (place === undefined) return undefined;
    const record = await (await this.#lastRuns()).of(name);
    const { golden, state } = this.#read(place);
    if (record !== undefined) return differenceOf(await this.#verdict(place, record), name, record.id);
    if (golden === null) return undefined;
    return { name, state, run_id: null, summary: 'There is no run to compare.', diff: '', details: null };
  }

  async accept(
    registry: ScenarioRegistry,
    name: string,
    by: { readonly reason: string; readonly who: string },
  ): Promise<GoldenStatus | undefined> {
    if (this.#readOnly) {
      throw new Refusal('golden-not-comparable', 'Goldens are read-only because CI is set');
    }
    const place = this.#find(registry, name);
    const lastRuns = await this.#lastRuns();
    const record = await lastRuns.of(name);
    if (place === undefined || record === undefined) return undefined;
    refuseOtherEnds(place, record);
    const { scenario, directory } = place;
    const captured = await captureGolden(capturedRun(this.#store, record), {
      name,
      scenario: scenario?.id ?? record.scenario,
      manifest: scenario === null ? null : portablePath(this.#tree.root, scenario.source.file),
      accepted: { by: by.who, at: new Date(this.#clock.now()).toISOString(), why: by.reason },
    });
    await this.#tree.write(directory, captured);
    return this.#status(place, lastRuns);
  }

  batchPlan(
    registry: ScenarioRegistry,
    parts: { readonly files: readonly string[]; readonly whole: boolean },
  ): GoldenPlan {
    return {
      ...parts,
      registry,
      tree: this.#tree,
      store: this.#store,
      update: 'none',
      read_only: this.#readOnly,
      overridden: false,
      by: null,
      why: '',
      clock: this.#clock,
    };
  }

  inputKeys(registry: ScenarioRegistry): Promise<ReadonlyMap<string, string>> {
    const keys = new Map<string, string>();
    for (const place of goldenPlaces(this.#tree, registry)) {
      const { golden } = this.#read(place);
      if (golden !== null) keys.set(place.name, golden.input_key);
    }
    return Promise.resolve(keys);
  }

  /** Used again until there is another batch, so that a list does not read all of them each time. */
  async #lastRuns(): Promise<LastRuns> {
    const ids = await this.#store.batchIds();
    const batches = `${String(ids.length)} ${ids.at(-1) ?? ''}`;
    if (this.#history?.batches !== batches) {
      this.#history = { batches, lastRuns: new LastRuns(this.#store) };
    }
    return this.#history.lastRuns;
  }

  /** Also a run that no manifest asks a golden for yet. */
  #find(registry: ScenarioRegistry, name: string): GoldenPlace | undefined {
    const place = goldenPlaces(this.#tree, registry).find((candidate) => candidate.name === name);
    const scenario = registry.get(name.replace(/\[.*$/s, ''));
    if (place !== undefined || scenario === undefined) return place;
    return { name, scenario, directory: this.#tree.directoryOf(name) };
  }

  /** The golden itself; `state` is what can be said without a run. */
  #read({ directory, scenario }: GoldenPlace): {
    readonly golden: GoldenRecord | null;
    readonly state: GoldenState;
  } {
    try {
      const golden = this.#tree.read(directory) ?? null;
      if (golden === null) return { golden, state: 'missing' };
      return { golden, state: scenario === null ? 'obsolete' : 'unchecked' };
    } catch (error) {
      if (!(error instanceof AetherError) || error.code !== 'GOLDEN_DAMAGED') throw error;
      return { golden: null, state: 'differs' };
    }
  }

  async #status(place: GoldenPlace, lastRuns: LastRuns): Promise<GoldenStatus> {
    const { name, scenario } = place;
    const record = await lastRuns.of(name);
    const { golden, state } = this.#read(place);
    const accepted = golden?.accepted ?? null;
    const isJudged = record !== undefined && golden !== null && scenario !== null;
    return {
      name,
      scenario_id: scenario?.id ?? null,
      state: isJudged ? (agrees(golden, record) ? 'agrees' : 'differs') : state,
      run_id: record?.id ?? null,
      result_digest: golden?.result_digest ?? null,
      accepted_at: accepted?.at ?? null,
      accepted_by: accepted?.by ?? null,
      reason: accepted?.why ?? null,
    };
  }

  #verdict({ directory }: GoldenPlace, record: RunRecord): Promise<GoldenVerdict> {
    const run = capturedRun(this.#store, record);
    return checkGolden(this.#tree, directory, run, (golden) => goldenComparer(this.#store)(golden, run));
  }
}

/** @throws Refusal golden-not-comparable */
function refuseOtherEnds({ name, scenario }: GoldenPlace, { state }: RunRecord): void {
  const expected = scenario === null || scenario.expect === 'completed' ? 'completed' : 'faulted';
  if (state === expected) return;
  const detail = `The latest run of ${name} ended as ${state}; only one that ${expected} can be a golden`;
  throw new Refusal('golden-not-comparable', detail);
}

const STATES: Readonly<Record<GoldenVerdict['verdict'], GoldenState>> = {
  agrees: 'agrees',
  missing: 'missing',
  damaged: 'differs',
  changed: 'differs',
};

function differenceOf(verdict: GoldenVerdict, name: string, run_id: string): GoldenDiff {
  const lines = describeVerdict(verdict);
  const summary = lines.length === 0 ? 'The run agrees with its golden.' : lines.join('\n');
  const about = { name, state: STATES[verdict.verdict], run_id, summary };
  if (verdict.verdict !== 'changed') return { ...about, diff: '', details: null };
  const { cause, ending, difference } = verdict;
  return { ...about, diff: recordDiff(difference), details: { cause, ending, ...difference } };
}
