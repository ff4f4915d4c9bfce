import type { ManifestScenario } from '../../config/index.js';
import { LastRuns } from '../../store/last-runs.js';
import type { RunRecord } from '../../store/records.js';
import type { NamedCell } from '../expand/cell-name.js';
import { forecast, measuredMs } from './forecast.js';
import { unexpected } from '../outcome.js';
import type { PlanOptions } from './plan.js';
import type { ResolvedCell } from './resolve-cell.js';
import type { EarlierRun, PlannedRun, PlanReason } from './planned-run.js';

/** Decides for one cell after another whether it runs, from the store and from the cells before it. */
export class PlanDecisions {
  readonly runs: PlannedRun[] = [];
  readonly #options: PlanOptions;
  readonly #lastRuns: LastRuns;
  /** By input key, the names of the runs that are executed for it: at most one for each way of keeping it. */
  readonly #leaders = new Map<string, { readonly full?: string; readonly compact?: string }>();

  constructor(options: PlanOptions) {
    this.#options = options;
    this.#lastRuns = new LastRuns(options.store);
  }

  /** @param plain the name of the cell without overrides */
  async decide(scenario: ManifestScenario, resolved: ResolvedCell, plain: string): Promise<void> {
    const { cell } = resolved;
    const { store, last_failed } = this.#options;
    const standing = await store.runForKey(resolved.key.key);
    const cacheReason = this.#cacheReason(scenario, standing);
    const needsHistory = last_failed || cacheReason?.why !== 'cached';
    const last = needsHistory ? await this.#lastRuns.of(cell.name) : undefined;
    if (last_failed && (last === undefined || this.#wasSuccess(scenario, last, cell.name))) return;
    const reason = cacheReason ?? whyNew(last, resolved, scenario.expect);
    this.runs.push(this.#planned({ scenario, plain, cell, resolved, standing, last, reason }));
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
    const { scenario, plain, cell, resolved, standing, last } = parts;
    const { repeat_each, timeout_ms, retries } = this.#options;
    const { inputs, key, again } = resolved;
    const repeat = repeat_each ?? scenario.repeat;
    const reason = this.#shared(parts, repeat) ?? parts.reason;
    return {
      name: cell.name,
      ...(plain !== cell.name && { plain_name: plain }),
      scenario: scenario.id,
      cell: cell.values,
      run_id: inputs.run.run_id,
      gid: inputs.run.gid,
      ticks_total: inputs.run.ticks,
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
          : forecast(inputs, completed(last) ?? completed(standing), scenario.retain),
      inputs: again,
    };
  }

  /**
   * A run that another one of this batch is executed for anyway; repeated ones insist on their own executions. What is
   * kept in full is also there for who wants it compact.
   */
  #shared({ scenario, cell, resolved, reason }: Parts, repeat: number): PlanReason | null {
    if (reason.why === 'cached' || repeat > 1) return null;
    const { key } = resolved.key;
    const leaders = this.#leaders.get(key) ?? {};
    const leader = leaders.full ?? leaders[scenario.retain];
    if (leader !== undefined) return { why: 'same_inputs', as: leader };
    this.#leaders.set(key, { ...leaders, [scenario.retain]: cell.name });
    return null;
  }
}

interface Parts {
  readonly scenario: ManifestScenario;
  readonly plain: string;
  readonly cell: NamedCell;
  readonly resolved: ResolvedCell;
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
  resolved: ResolvedCell,
  expect: ManifestScenario['expect'],
): PlanReason {
  if (last === undefined) return { why: 'new' };
  if (last.input_key === resolved.key.key) {
    const isAtItsEnd = last.state === 'completed' || last.state === 'faulted';
    const expected = isAtItsEnd && expect !== 'completed' ? expect.fault : null;
    return { why: 'not_finished', last: last.state, run: last.id, expected };
  }
  const { documents } = resolved.key;
  const changed = Object.keys(documents).filter((name) => documents[name] !== last.inputs[name]);
  return { why: 'inputs_changed', since: last.id, documents: changed.length > 0 ? changed : ['engine'] };
}

function earlierRun(record: RunRecord): EarlierRun {
  const { id, state, failure, result_digest, ticks_completed } = record;
  return { id, state, failure, result_digest, ticks_completed, measured_ms: measuredMs(record) };
}
