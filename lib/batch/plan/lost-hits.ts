import { guessed } from './forecast.js';
import { changedRun, type PlannedRun } from './planned-run.js';

/**
 * The plan after a gc removed some of its cached runs: these are executed, and runs with the same inputs
 * share the execution.
 */
export function withoutLostHits(plan: readonly PlannedRun[], gone: readonly string[]): readonly PlannedRun[] {
  if (gone.length === 0) return plan;
  const lost = new Set(gone);
  const leaders = new Map<string, string>();
  return plan.map((run) => {
    if (run.action !== 'cached' || !lost.has(run.earlier!.id)) return run;
    const key = `${run.input_key} ${run.retain}`;
    const leader = leaders.get(key);
    const again = { earlier: null, forecast: guessed(run.estimated_ms) };
    if (leader !== undefined && run.repeat === 1)
      return changedRun(run, { ...again, action: 'follow', reason: { why: 'same_inputs', as: leader } });
    leaders.set(key, run.name);
    return changedRun(run, { ...again, action: 'run', reason: { why: 'new' } });
  });
}
