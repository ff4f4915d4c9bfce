import { byCodeUnit } from '../../base/code-units.js';
import { invariant } from '../../base/errors.js';
import type { PlannedEnd } from './repeat-and-retry.js';
import { unexpected } from '../../execution/expectation.js';
import { NOTHING_DONE, type RunOutcome } from '../outcome.js';
import type { EarlierRun, PlannedRun } from '../plan/planned-run.js';

/** By the name of the executed run. */
export function groupFollowers(plan: readonly PlannedRun[]): Map<string, PlannedRun[]> {
  const groups = new Map<string, PlannedRun[]>();
  for (const run of plan) {
    if (run.reason.why !== 'same_inputs') continue;
    const group = groups.get(run.reason.as);
    if (group === undefined) groups.set(run.reason.as, [run]);
    else group.push(run);
  }
  return groups;
}

/**
 * The followers whose wider limits may lead to the result: full ones first, because they serve compact ones
 * as well, and of each kind the widest limits first.
 */
export function mostPatientFirst(
  followers: readonly PlannedRun[],
  run: PlannedRun,
  { outcome, standing }: PlannedEnd,
): PlannedRun[] {
  if (standing !== null) return [];
  const patience = ({ timeout_ms }: PlannedRun): number => timeout_ms ?? Infinity;
  const goesOn = (follower: PlannedRun): boolean =>
    (outcome.state === 'timed_out' && patience(follower) > patience(run)) ||
    (outcome.state === 'failed' && follower.retries > run.retries);
  return followers.filter(goesOn).sort((a, b) => {
    if (a.retain !== b.retain) return a.retain === 'full' ? -1 : 1;
    if (patience(a) !== patience(b)) return patience(a) > patience(b) ? -1 : 1;
    return b.retries - a.retries || byCodeUnit(a.name, b.name);
  });
}

/** A cached run; it is judged like an executed one. */
export function standingOutcome(run: PlannedRun, standing: EarlierRun): RunOutcome {
  const failure = unexpected(run.expect, standing.state, standing.failure);
  return {
    name: run.name,
    scenario: run.scenario,
    input_key: run.input_key,
    state: 'cached',
    ok: failure === null,
    run: standing.id,
    result_digest: standing.result_digest,
    ticks_completed: standing.ticks_completed,
    ticks_total: run.ticks_total,
    ...NOTHING_DONE,
    measured_ms: standing.measured_ms,
    failure,
  };
}

/** A run with the same inputs as an executed one shares its result, or its failure. */
export function followedOutcome(run: PlannedRun, leader: PlannedEnd): RunOutcome {
  invariant(leader.outcome.input_key === run.input_key, 'a run shares the result of a run with other inputs');
  const agrees = leader.outcome.failure?.code !== 'RESULTS_DISAGREE';
  if (leader.standing !== null && agrees) return standingOutcome(run, leader.standing);
  return { ...leader.outcome, name: run.name, scenario: run.scenario, ...NOTHING_DONE };
}
