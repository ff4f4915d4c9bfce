import type { ManifestScenario } from '../../config/index.js';
import { LastRuns } from '../../store/last-runs.js';
import type { ArtefactStore } from '../../store/port.js';
import type { RunRecord } from '../../store/records.js';
import { forecast, measuredMs } from './forecast.js';
import { unexpected } from '../outcome.js';
import type { KeyedCell } from './keyed-cell.js';
import type { EarlierRun, PlannedRun, PlanReason } from './planned-run.js';

/** What decides whether a cell runs. */
export interface DecisionOptions {
  readonly store: ArtefactStore;
  /** Execute even what the store has. */
  readonly force: boolean;
  /** Only runs whose last result is no success. */
  readonly last_failed: boolean;
  /** Why a success may count as none: its golden says otherwise. Asked only for `last_failed`. */
  readonly disagreed?: ((scenario: ManifestScenario, last: RunRecord, name: string) => boolean) | undefined;
  /** Executions per cell, instead of the scenarios' own; null for theirs. */
  readonly repeat_each: number | null;
  readonly timeout_ms: number | null;
  readonly retries: number | null;
}

/** Decides for one cell after another whether it runs, from the store and from the cells before it. */
export class PlanDecisions {
  readonly runs: PlannedRun[] = [];
  readonly #options: DecisionOptions;
  readonly #lastRuns: LastRuns;
  /** By input key, the names of the runs that are executed for it: at most one for each way of keeping it. */
  readonly #leaders = new Map<string, { readonly full?: string; readonly compact?: string }>();

  constructor(options: DecisionOptions) {
    this.#options = options;
    this.#lastRuns = new LastRuns(options.store);
  }

  async decide(scenario: ManifestScenario, keyed: KeyedCell): Promise<void> {
    const { cell } = keyed;
    const { store, last_failed } = this.#options;
    const standing = await store.runForKey(keyed.key.key);
    const cacheReason = this.#cacheReason(scenario, standing);
    const needsHistory = last_failed || cacheReason?.why !== 'cached';
    const last = needsHistory ? await this.#lastRuns.of(cell.name) : undefined;
    if (last_failed && (last === undefined || this.#wasSuccess(scenario, last, cell.name))) return;
    const reason = cacheReason ?? whyNew(last, keyed, scenario.expect);
    this.runs.push(this.#planned({ scenario, keyed, standing, last, reason }));
  }

  #wasSuccess(scenario: ManifestScenario, last: RunRecord, name: string): boolean {
    // What does not answer for its inputs disagreed with another result, or was not repeated to the end.
    if (last.answers === false || unexpected(scenario.expect, last.state, last.failure) !== null)
      return false;
    return this.#options.disagreed?.(scenario, last, name) !== true;
  }

  /** Null when the store has nothing for the inputs. */
  #cacheReason(scenario: ManifestScenario, standing: RunRecord | undefined): PlanReason | null {
    const { force, repeat_each } = this.#options;
    if (force) return { why: 'forced' };
    if (repeat_each !== null && repeat_each > 1) return { why: 'repeated', times: repeat_each };
    if (standing === undefined) return null;
    if (standing.retain === 'compact' && scenario.retain === 'full') {
      return { why: 'artefacts_dropped', run: standing.id };
    }
    return { why: 'cached', run: standing.id };
  }

  #planned(parts: Parts): PlannedRun {
    const { scenario, keyed, standing, last } = parts;
    const { repeat_each, timeout_ms, retries } = this.#options;
    const { plain, cell, key, run_id, gid, ticks_total, estimated_ms, inputs } = keyed;
    const repeat = repeat_each ?? scenario.repeat;
    const reason = this.#shared(parts, repeat) ?? parts.reason;
    return {
      name: cell.name,
      ...(plain !== cell.name && { plain_name: plain }),
      scenario: scenario.id,
      cell: cell.values,
      run_id,
      gid,
      ticks_total,
      input_key: key.key,
      documents: key.documents,
      expect: scenario.expect,
      retain: scenario.retain,
      timeout_ms: timeout_ms ?? scenario.timeout_ms,
      retries: retries ?? scenario.retries,
      repeat,
      action: reason.why === 'cached' ? 'cached' : reason.why === 'same_inputs' ? 'follow' : 'run',
      reason,
      earlier: standing === undefined ? null : earlierRun(standing),
      forecast:
        reason.why === 'cached'
          ? NO_COST
          : forecast(keyed, completed(last) ?? completed(standing), scenario.retain),
      estimated_ms,
      inputs,
    };
  }

  /**
   * A run that another one of this batch is executed for anyway; repeated ones insist on their own executions. What is
   * kept in full is also there for who wants it compact.
   */
  #shared({ scenario, keyed, reason }: Parts, repeat: number): PlanReason | null {
    if (reason.why === 'cached' || repeat > 1) return null;
    const { key } = keyed.key;
    const leaders = this.#leaders.get(key) ?? {};
    const leader = leaders.full ?? leaders[scenario.retain];
    if (leader !== undefined) return { why: 'same_inputs', as: leader };
    this.#leaders.set(key, { ...leaders, [scenario.retain]: keyed.cell.name });
    return null;
  }
}

interface Parts {
  readonly scenario: ManifestScenario;
  readonly keyed: KeyedCell;
  readonly standing: RunRecord | undefined;
  readonly last: RunRecord | undefined;
  readonly reason: PlanReason;
}

const NO_COST = { duration_ms: 0, bytes: 0, from_history: true } as const;

function completed(run: RunRecord | undefined): RunRecord | undefined {
  return run?.state === 'completed' ? run : undefined;
}

/** Nothing stands for these inputs; the last run of that name tells why. */
function whyNew(
  last: RunRecord | undefined,
  keyed: KeyedCell,
  expect: ManifestScenario['expect'],
): PlanReason {
  if (last === undefined) return { why: 'new' };
  if (last.input_key === keyed.key.key) {
    const isAtItsEnd = last.state === 'completed' || last.state === 'faulted';
    const expected = isAtItsEnd && expect !== 'completed' ? expect.fault : null;
    return { why: 'not_finished', last: last.state, run: last.id, expected };
  }
  const { documents } = keyed.key;
  const changed = Object.keys(documents).filter((name) => documents[name] !== last.inputs[name]);
  return { why: 'inputs_changed', since: last.id, documents: changed.length > 0 ? changed : ['engine'] };
}

function earlierRun(record: RunRecord): EarlierRun {
  const { id, state, failure, result_digest, ticks_completed } = record;
  return { id, state, failure, result_digest, ticks_completed, measured_ms: measuredMs(record) };
}
