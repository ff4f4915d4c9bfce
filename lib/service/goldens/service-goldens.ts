import type { Clock } from '../../base/ports.js';
import { scenarioOfName } from '../../base/run-name.js';
import { YieldTimer } from '../../platform/yield-timer.js';
import type { GoldenPlan } from '../../batch/verdict/judge-goldens.js';
import type { ScenarioList } from '../../config/index.js';
import {
  acceptResult,
  agrees,
  captureGolden,
  capturedRun,
  goldenPlaceOf,
  goldenPlaces,
  isDamage,
  isPending,
  PendingResults,
  portablePath,
  rejectResult,
  sharedGolden,
  slotOfSubject,
  type Acceptance,
  type AskedElsewhere,
  type GoldenPlace,
  type GoldenTree,
  type PendingGolden,
} from '../../golden/index.js';
import { LastRuns } from '../../store/last-runs.js';
import type { ArtefactStore } from '../../store/port.js';
import type { RunRecord } from '../../store/record-types.js';
import { requireMatch } from '../http/etag.js';
import type { TaskReader } from '../reading/task-reader.js';
import type { RunRecords } from '../records/run-records.js';
import { Refusal } from '../refusal.js';
import type { GoldenStatus } from '../wire/golden.js';
import type { GoldenService, GoldenJudgement, SeenGolden } from './golden-service.js';
import {
  goldenEtag,
  refuseAgreeing,
  refuseOtherEnds,
  requireNamed,
  type FoundGolden,
} from './judged-result.js';

export interface ServiceGoldensOptions {
  readonly tree: GoldenTree;
  readonly store: ArtefactStore;
  /** Reads the records of runs that are compared with goldens. */
  readonly records: TaskReader<RunRecords>;
  /** Searches further manifests before a golden is reported as obsolete. */
  readonly elsewhere: AskedElsewhere;
  readonly clock: Clock;
  /** True if goldens are read-only; evaluated for each judgement. */
  readonly read_only: boolean;
}

/**
 * Goldens in the service: the last result of each name, computed or cached, compared with the accepted one.
 */
export class ServiceGoldens implements GoldenService {
  readonly #options: ServiceGoldensOptions;
  readonly #tree: GoldenTree;
  #history: { readonly batches: string; readonly lastRuns: LastRuns } | undefined;

  constructor(options: ServiceGoldensOptions) {
    this.#options = options;
    this.#tree = options.tree;
  }

  places(registry: ScenarioList): Promise<readonly GoldenPlace[]> {
    return goldenPlaces(this.#tree, registry);
  }

  async statuses(places: readonly GoldenPlace[]): Promise<readonly GoldenStatus[]> {
    const list: GoldenStatus[] = [];
    const lastRuns = await this.#lastRuns();
    const yieldTimer = new YieldTimer();
    for (const place of places) {
      list.push(await this.#status(place, lastRuns));
      if (yieldTimer.isDue) await yieldTimer.yield();
    }
    return list;
  }

  async diff(registry: ScenarioList, name: string): Promise<SeenGolden | undefined> {
    const place = await this.#find(registry, name);
    if (place === undefined) return undefined;
    const record = await (await this.#lastRuns()).of(name);
    const found = this.#read(place);
    const etag = goldenEtag(name, found, record);
    const about = { name, golden_digest: found.golden?.result_digest ?? null };
    if (record !== undefined) {
      const { records } = this.#options;
      return { etag, diff: await records.ask('goldenDiff', record.id, place.directory, about) };
    }
    if (found.golden === null) return undefined;
    const none = { run_id: null, result_digest: null, diff: '', details: null };
    return { etag, diff: { ...about, ...none, state: found.state, summary: 'There is no run to compare.' } };
  }

  accept(
    registry: ScenarioList,
    name: string,
    judgement: GoldenJudgement,
  ): Promise<GoldenStatus | undefined> {
    return this.#judge(registry, name, judgement, acceptResult);
  }

  reject(
    registry: ScenarioList,
    name: string,
    judgement: GoldenJudgement,
  ): Promise<GoldenStatus | undefined> {
    return this.#judge(registry, name, judgement, rejectResult);
  }

  /** Judges the viewed result while no other judgement is made; undefined for an unknown name. */
  async #judge(
    registry: ScenarioList,
    name: string,
    judgement: GoldenJudgement,
    carryOut: (tree: GoldenTree, result: PendingGolden, by: Acceptance) => Promise<unknown>,
  ): Promise<GoldenStatus | undefined> {
    if (this.#options.read_only) {
      throw new Refusal('golden-not-comparable', 'Goldens are read-only because CI is set');
    }
    const place = await this.#find(registry, name);
    if (place === undefined || (await (await this.#lastRuns()).of(name)) === undefined) return undefined;
    const shared = await sharedGolden(this.#tree, registry, name);
    if (shared !== undefined) throw new Refusal('golden-not-comparable', shared);
    await this.#tree.exclusive(async () => {
      const record = await (await this.#lastRuns()).of(name);
      const golden = this.#read(place);
      requireMatch(judgement.if_match, goldenEtag(place.name, golden, record));
      requireNamed(place.name, record, judgement);
      refuseOtherEnds(place, record);
      if (golden.golden !== null && agrees(golden.golden, record)) refuseAgreeing(place.name, golden.golden);
      const result = await this.#resultOf(place, record);
      const at = new Date(this.#options.clock.now()).toISOString();
      await carryOut(this.#tree, result, { by: judgement.who, at, why: judgement.reason });
    });
    return this.#status(place, await this.#lastRuns());
  }

  /** A run as a pending result. */
  async #resultOf({ name, scenario, directory }: GoldenPlace, record: RunRecord): Promise<PendingGolden> {
    const manifest = scenario === null ? null : portablePath(this.#tree.root, scenario.source.file);
    return {
      schema: 'aether-golden-pending/1',
      directory: slotOfSubject(this.#tree, { name, directory }).directory,
      verdict: this.#read({ name, scenario, directory }).state === 'missing' ? 'missing' : 'changed',
      run: record.id,
      golden: await captureGolden(capturedRun(this.#options.store, record), {
        name,
        scenario: scenario?.id ?? record.scenario,
        manifest,
        accepted: null,
      }),
    };
  }

  batchPlan(
    registry: ScenarioList,
    parts: { readonly files: readonly string[]; readonly whole: boolean },
  ): GoldenPlan {
    return {
      ...parts,
      registry,
      tree: this.#tree,
      store: this.#options.store,
      elsewhere: this.#options.elsewhere,
      compare: async ({ from }, { record }) => {
        const { directory, golden } = from!;
        return this.#options.records.ask('goldenDifference', record.id, directory, golden);
      },
      update: 'none',
      read_only: this.#options.read_only,
      overridden: false,
      by: null,
      why: '',
      clock: this.#options.clock,
    };
  }

  async inputKeys(registry: ScenarioList): Promise<ReadonlyMap<string, string>> {
    const keys = new Map<string, string>();
    const yieldTimer = new YieldTimer();
    for (const place of await this.places(registry)) {
      const { golden } = this.#read(place);
      if (golden !== null) keys.set(place.name, golden.input_key);
      if (yieldTimer.isDue) await yieldTimer.yield();
    }
    return keys;
  }

  /** Cached until there is another batch, so that a list does not read all of them each time. */
  async #lastRuns(): Promise<LastRuns> {
    const ids = await this.#options.store.batchIds();
    const batches = `${String(ids.length)} ${ids.at(-1) ?? ''}`;
    if (this.#history?.batches !== batches) {
      this.#history = { batches, lastRuns: new LastRuns(this.#options.store) };
    }
    return this.#history.lastRuns;
  }

  /** Also finds a run for which no manifest requests a golden yet. */
  async #find(registry: ScenarioList, name: string): Promise<GoldenPlace | undefined> {
    const place = await goldenPlaceOf(this.#tree, registry, name);
    const scenario = registry.get(scenarioOfName(name));
    if (place !== undefined || scenario === undefined) return place;
    return { name, scenario, directory: this.#tree.directoryOf(name) };
  }

  /** The golden itself; `state` is what is known without a run. */
  #read({ directory, scenario }: GoldenPlace): FoundGolden {
    try {
      const golden = this.#tree.read(directory) ?? null;
      if (golden === null) return { golden, state: 'missing' };
      return { golden, state: scenario === null ? 'obsolete' : 'unchecked' };
    } catch (error) {
      if (!isDamage(error)) throw error;
      return { golden: null, state: 'damaged' };
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
      rejected: this.#rejection(place, record),
    };
  }

  /** The rejection of the latest result; null if there is none. */
  #rejection({ name, directory }: GoldenPlace, record: RunRecord | undefined): GoldenStatus['rejected'] {
    try {
      const item = new PendingResults(this.#tree).read(slotOfSubject(this.#tree, { name, directory }));
      if (item === undefined || isPending(item) || item.result_digest !== record?.result_digest) return null;
      const { by, at, why } = item.rejected;
      return { by, at, reason: why };
    } catch (error) {
      if (!isDamage(error)) throw error;
      return null;
    }
  }
}
