import { hashRecord, sha256 } from '../../lib/base/digest.js';
import { batchMetrics } from '../../lib/batch/batch-metrics.js';
import type { RunOutcome } from '../../lib/batch/outcome.js';
import type { BatchReport, GoldenFinding } from '../../lib/batch/report/batch-report.js';
import { runId } from '../ids.js';

/** The outcome of a completed run, with changes. */
export function sampleOutcome(name: string, change: Partial<RunOutcome> = {}): RunOutcome {
  return {
    name,
    scenario: name.replace(/\[.*/, ''),
    input_key: sha256(name),
    state: 'completed',
    ok: true,
    run: runId('run-1'),
    result_digest: sha256('result'),
    ticks_completed: 8,
    ticks_total: 8,
    duration_ms: 12,
    executions: 1,
    bytes: 100,
    failure: null,
    ...change,
  };
}

export const FAULTED = {
  state: 'faulted',
  ok: false,
  ticks_completed: 2,
  failure: { code: 'INT_RANGE', message: 'too <large> & "odd"', tick: 3, place: 'node 1' },
} as const;

/** The report of a plan of these runs, or of one of its shards. */
export function sampleReport(
  outcomes: readonly RunOutcome[],
  change: {
    readonly shard?: {
      readonly index: number;
      readonly count: number;
      readonly positions: readonly number[];
    };
    readonly findings?: readonly GoldenFinding[];
    readonly batch?: string;
  } = {},
): BatchReport {
  const { shard, findings = [], batch = 'b-1' } = change;
  const own = shard === undefined ? outcomes : shard.positions.map((position) => outcomes[position]!);
  const count = (test: (outcome: RunOutcome) => boolean): number => own.filter(test).length;
  return {
    v: 1,
    kind: 'BatchResult',
    batch,
    selected: own.length,
    executed: count(({ executions }) => executions > 0),
    completed: count(({ ok, state }) => ok && state === 'completed'),
    faulted_as_expected: 0,
    cached: count(({ state }) => state === 'cached'),
    shared: 0,
    failed: count(({ ok, state }) => !ok && state !== 'not_started'),
    cancelled: 0,
    not_started: count(({ state }) => state === 'not_started'),
    stopped_by: null,
    store_error: null,
    duration_ms: 1500,
    plan: {
      digest: hashRecord(outcomes.map(({ name, input_key }) => [name, input_key])),
      total: outcomes.length,
      shard: shard === undefined ? null : { ...shard, partition: sha256('partition') },
    },
    metrics: batchMetrics(own, {
      jobs: 2,
      wall_ms: 1500,
      ticks: own.reduce((ticks, run) => ticks + run.executions * run.ticks_completed, 0),
    }),
    runs: own.map((outcome, at) => ({ position: shard?.positions[at] ?? at, ...outcome })),
    goldens: { ok: findings.length === 0, compared: 2, findings },
  };
}
