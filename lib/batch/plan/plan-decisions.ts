import { BoundedMap } from '../../base/bounded-map.js';
import type { ManifestScenario } from '../../config/index.js';
import { LastRuns } from '../../store/last-runs.js';
import type { ArtefactStore } from '../../store/port.js';
import { standingFor, type Standing } from '../../store/standing.js';
import type { RunRecord } from '../../store/record-types.js';
import { forecast, guessed, measuredMs } from './forecast.js';
import { unexpected } from '../../execution/expectation.js';
import type { KeyedCell } from '../key/key-cells.js';
import { PlannedCell, type SharedFacts } from './planned-cell.js';
import type { EarlierRun, PlannedRun, PlanReason } from './planned-run.js';

/** Options that decide whether a cell runs. */
export interface DecisionOptions {
  readonly store: ArtefactStore;
  /** Execute even cached runs. */
  readonly force: boolean;
  /** Only runs whose last result failed. */
  readonly last_failed: boolean;
  /**
   * True if a successful result counts as failed because it differs from its golden. Called only for
   * `last_failed`.
   */
  readonly disagreed?: ((scenario: ManifestScenario, last: RunRecord, name: string) => boolean) | undefined;
  /** Executions per cell, instead of those of the scenarios; null for theirs. */
  readonly repeat_each: number | null;
  readonly timeout_ms: number | null;
  readonly retries: number | null;
}

/** Decides for one cell after another whether it runs, from the store and from earlier cells. */
export class PlanDecisions {
  readonly runs: PlannedRun[] = [];
  readonly #options: DecisionOptions;
  readonly #lastRuns: LastRuns;
  /** By input key, the names of the runs to execute: at most one for each retention. */
  readonly #leaders = { full: new Map<string, string>(), compact: new Map<string, string>() };
  readonly #shared = new BoundedMap<string, SharedFacts>(MOST_SHARED);
  #lastShared: { readonly of: ManifestScenario; readonly facts: SharedFacts } | undefined;

  constructor(options: DecisionOptions) {
    this.#options = options;
    this.#lastRuns = new LastRuns(options.store);
  }

  async decide(scenario: ManifestScenario, keyed: KeyedCell): Promise<void> {
    const { cell } = keyed;
    const { store, last_failed } = this.#options;
    const standing = await standingFor(store, keyed.key.key);
    const cacheReason = this.#cacheReason(scenario, standing);
    const needsHistory = last_failed || cacheReason?.why !== 'cached';
    const last = needsHistory ? await this.#lastRuns.of(cell.name) : undefined;
    if (last_failed && (last === undefined || this.#wasSuccess(scenario, last, cell.name))) return;
    const reason = cacheReason ?? whyNew(last, keyed, scenario.expect);
    const before = reason.why === 'cached' ? undefined : await this.#history(last, standing, keyed);
    this.runs.push(this.#planned({ scenario, keyed, standing, before, reason }));
  }

  /** The completed run that predicts the cost of the next one. */
  async #history(
    last: RunRecord | undefined,
    standing: Standing | undefined,
    { key }: KeyedCell,
  ): Promise<RunRecord | undefined> {
    if (last?.state === 'completed') return last;
    return standing?.state === 'completed' ? this.#options.store.runForKey(key.key) : undefined;
  }

  #wasSuccess(scenario: ManifestScenario, last: RunRecord, name: string): boolean {
    // A run that does not answer for its inputs differs from another result, or was not fully repeated.
    if (last.answers === false || unexpected(scenario.expect, last.state, last.failure) !== null)
      return false;
    return this.#options.disagreed?.(scenario, last, name) !== true;
  }

  /** Null if the store has nothing for the inputs. */
  #cacheReason(scenario: ManifestScenario, standing: Standing | undefined): PlanReason | null {
    const { force, repeat_each } = this.#options;
    if (force) return FORCED;
    if (repeat_each !== null && repeat_each > 1) return { why: 'repeated', times: repeat_each };
    if (standing === undefined) return null;
    if (standing.retain === 'compact' && scenario.retain === 'full') {
      return { why: 'artefacts_dropped', run: standing.id };
    }
    return { why: 'cached', run: standing.id };
  }

  #planned(parts: Parts): PlannedRun {
    const { scenario, keyed, standing, before } = parts;
    const { plain, cell, key, source } = keyed;
    const shared = this.#sharedFacts(scenario, keyed);
    const reason = this.#following(parts, shared.repeat) ?? parts.reason;
    const own = {
      name: cell.name,
      plain,
      cell: cell.values,
      input_key: key.key,
      reason,
      earlier: standing === undefined ? null : earlierRun(standing),
      forecast:
        reason.why === 'cached'
          ? NO_COST
          : before === undefined
            ? shared.guess
            : forecast(keyed, before, scenario.retain),
    };
    return new PlannedCell(own, shared, source);
  }

  /** One object for cells with equal facts, as long as they are close together. */
  #sharedFacts(scenario: ManifestScenario, keyed: KeyedCell): SharedFacts {
    const { config_run_id, gid, ticks_total, estimated_ms } = keyed;
    const last = this.#lastShared;
    const isLast =
      last?.of === scenario &&
      last.facts.config_run_id === config_run_id &&
      last.facts.gid === gid &&
      last.facts.ticks_total === ticks_total &&
      last.facts.estimated_ms === estimated_ms;
    if (isLast) return last.facts;
    const facts = this.#knownFacts(scenario, keyed);
    this.#lastShared = { of: scenario, facts };
    return facts;
  }

  #knownFacts(scenario: ManifestScenario, keyed: KeyedCell): SharedFacts {
    const { config_run_id, gid, ticks_total, estimated_ms } = keyed;
    const id = JSON.stringify([scenario.id, config_run_id, gid, ticks_total, estimated_ms]);
    const known = this.#shared.get(id);
    if (known !== undefined) return known;
    const { repeat_each, timeout_ms, retries } = this.#options;
    const facts: SharedFacts = {
      scenario: scenario.id,
      config_run_id,
      gid,
      ticks_total,
      estimated_ms,
      expect: scenario.expect,
      retain: scenario.retain,
      timeout_ms: timeout_ms ?? scenario.timeout_ms,
      retries: retries ?? scenario.retries,
      repeat: repeat_each ?? scenario.repeat,
      guess: guessed(estimated_ms),
    };
    this.#shared.set(id, facts);
    return facts;
  }

  /**
   * A run whose inputs another run of this batch executes; repeated runs are executed separately. A full
   * result also serves compact runs.
   */
  #following({ scenario, keyed, reason }: Parts, repeat: number): PlanReason | null {
    if (reason.why === 'cached' || repeat > 1) return null;
    const { key } = keyed.key;
    const leader = this.#leaders.full.get(key) ?? this.#leaders[scenario.retain].get(key);
    if (leader !== undefined) return { why: 'same_inputs', as: leader };
    this.#leaders[scenario.retain].set(key, keyed.cell.name);
    return null;
  }
}

interface Parts {
  readonly scenario: ManifestScenario;
  readonly keyed: KeyedCell;
  readonly standing: Standing | undefined;
  readonly before: RunRecord | undefined;
  readonly reason: PlanReason;
}

/** Maximum of cached shared facts. */
const MOST_SHARED = 1000;

const NEVER_RUN: PlanReason = { why: 'new' };
const FORCED: PlanReason = { why: 'forced' };

const NO_COST = { duration_ms: 0, bytes: 0, from_history: true } as const;

/** The inputs have no result; the last run of the name determines the reason. */
function whyNew(
  last: RunRecord | undefined,
  keyed: KeyedCell,
  expect: ManifestScenario['expect'],
): PlanReason {
  if (last === undefined) return NEVER_RUN;
  if (last.input_key === keyed.key.key) {
    const isAtItsEnd = last.state === 'completed' || last.state === 'faulted';
    const expected = isAtItsEnd && expect !== 'completed' ? expect.fault : null;
    return { why: 'not_finished', last: last.state, run: last.id, expected };
  }
  const { documents } = keyed.key;
  const changed = Object.keys(documents).filter((name) => documents[name] !== last.inputs[name]);
  return { why: 'inputs_changed', since: last.id, documents: changed.length > 0 ? changed : ['engine'] };
}

function earlierRun(record: Standing): EarlierRun {
  const { id, state, failure, result_digest, ticks_completed } = record;
  return { id, state, failure, result_digest, ticks_completed, measured_ms: measuredMs(record) };
}
