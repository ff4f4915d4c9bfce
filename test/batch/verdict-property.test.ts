import fc from 'fast-check';
import { Registry } from 'prom-client';
import t from 'tap';
import type { BatchResult } from '../../lib/batch/batch.js';
import type { BatchEvent } from '../../lib/batch/batch-event.js';
import type { BatchPlan } from '../../lib/batch/plan/batch-plan.js';
import { shardPlan } from '../../lib/batch/plan/shard.js';
import { batchReport, type BatchReport } from '../../lib/batch/report/batch-report.js';
import { isGood } from '../../lib/batch/report/complaints.js';
import { githubAnnotations } from '../../lib/batch/report/document/github-annotations.js';
import { githubSummary } from '../../lib/batch/report/document/github-report.js';
import { htmlReport } from '../../lib/batch/report/document/html-report.js';
import { junitReport } from '../../lib/batch/report/document/junit-report.js';
import { tapReport } from '../../lib/batch/report/document/tap-report.js';
import { goldenFindings } from '../../lib/batch/report/golden-findings.js';
import { mergeReports } from '../../lib/batch/report/merge-reports.js';
import { judgeGoldens, type JudgedGoldens } from '../../lib/batch/verdict/judge-goldens.js';
import { verdictOf } from '../../lib/batch/verdict/report-verdict.js';
import { batchExitCode } from '../../lib/cli/batch/batch-exit-code.js';
import { BatchMetrics } from '../../lib/service/batch-metrics.js';
import { recordedBatch } from '../../lib/service/batches/recorded-batch.js';
import { LiveBatch } from '../../lib/service/batches/batch-view.js';
import { ENDS, GOLDEN_STATES, LOSSES, VerdictWorld, type RandomScenario } from './verdict-world.js';

const CASES = 600;

interface RandomCase {
  readonly scenarios: readonly RandomScenario[];
  readonly hasObsolete: boolean;
  /** One for each shard: true if its goldens are not judged. */
  readonly off: readonly boolean[];
  /** Number of ended runs after which the first shard is interrupted. */
  readonly interruptAfter: number | null;
  /** True if the first shard is interrupted while goldens are compared. */
  readonly isInterruptedLate: boolean;
  /** True if the store refuses batch records. */
  readonly isFull: boolean;
  /** True if the comparison of goldens fails. */
  readonly isBroken: boolean;
  /** True if the process dies between the runs and the verdict. */
  readonly isKilled: boolean;
}

/** Mostly successful, so that batches with a good verdict occur. */
const mostly = <T>(usual: T, ...others: readonly T[]): fc.Arbitrary<T> =>
  fc.oneof(
    { weight: 9, arbitrary: fc.constant(usual) },
    { weight: 1, arbitrary: fc.constantFrom(...others) },
  );

const scenario: fc.Arbitrary<RandomScenario> = fc.record({
  wantsGolden: fc.boolean(),
  expectsFault: fc.boolean(),
  end: mostly(...ENDS),
  golden: mostly(...GOLDEN_STATES),
  isHit: fc.boolean(),
  loss: mostly(...LOSSES),
});

const randomCase: fc.Arbitrary<RandomCase> = fc.record({
  scenarios: fc.array(scenario, { minLength: 1, maxLength: 5 }),
  hasObsolete: mostly(false, true),
  off: fc.array(mostly(false, true), { minLength: 1, maxLength: 3 }),
  interruptAfter: fc.oneof(
    { weight: 9, arbitrary: fc.constant(null) },
    { weight: 1, arbitrary: fc.nat({ max: 3 }) },
  ),
  isInterruptedLate: mostly(false, true),
  isFull: mostly(false, true),
  isBroken: mostly(false, true),
  isKilled: mostly(false, true),
});

interface Part {
  readonly report: BatchReport;
  readonly ok: boolean;
}

/** Runs one shard, checks every view of it, and returns its report. */
async function runPart(
  world: VerdictWorld,
  plan: BatchPlan,
  random: RandomCase,
  shard: number,
): Promise<Part | undefined> {
  const isFirst = shard === 0;
  const off = random.off[shard]!;
  const events: BatchEvent[] = [];
  let endedRuns = 0;
  const batch = world.batch(plan, {
    emit: (event) => {
      events.push(event);
      if (event.type === 'run_end' && isFirst && endedRuns++ === random.interruptAfter)
        batch.stop('interrupted');
    },
  });
  const runs = await batch.run();
  if (random.isKilled) {
    assertEqual(await world.store.batch(batch.id), undefined, 'a batch without a verdict has a record');
    return undefined;
  }
  world.lose(runs);
  const goldens = await judged(world, runs.outcomes, { off, isBroken: random.isBroken });
  world.store.refusesBatches = random.isFull;
  const interrupted = isFirst && random.isInterruptedLate;
  const result = await batch.conclude(runs, { goldens, interrupted });
  world.store.refusesBatches = false;
  const report = reportOf(plan, result, goldens);
  const ok =
    result.outcomes.every((outcome) => outcome.ok) &&
    goldensAreGood(random, result, off) &&
    !interrupted &&
    result.summary.stopped_by === null &&
    !random.isFull;
  sameInReport(report, ok);
  await sameInStore(world, { plan, events, result, ok, isFull: random.isFull });
  return { report, ok };
}

async function judged(
  world: VerdictWorld,
  outcomes: BatchResult['outcomes'],
  { off, isBroken }: { readonly off: boolean; readonly isBroken: boolean },
): Promise<JudgedGoldens> {
  if (isBroken) {
    world.files.before = () => {
      throw new Error('a bug');
    };
  }
  const goldens = await judgeGoldens(outcomes, world.goldenPlan(off));
  world.files.before = () => undefined;
  return goldens;
}

/** The expected state of the goldens of a project, computed without the code under test. */
function goldensAreGood(random: RandomCase, { outcomes }: BatchResult, off: boolean): boolean {
  if (off) return true;
  if (random.isBroken || random.hasObsolete) return false;
  return outcomes.every(({ scenario: id }) => {
    const { wantsGolden, golden, loss } = random.scenarios[Number(id.slice(1))]!;
    return !wantsGolden || (golden === 'agree' && loss === 'none');
  });
}

function reportOf(plan: BatchPlan, result: BatchResult, { report }: JudgedGoldens): BatchReport {
  const findings = report === null ? null : goldenFindings(report);
  return JSON.parse(JSON.stringify(batchReport(plan, result, findings))) as BatchReport;
}

function sameInReport(report: BatchReport, ok: boolean): void {
  const shown = {
    verdict: verdictOf(report).ok,
    isGood: isGood(report),
    exit: batchExitCode(verdictOf(report)) === 0,
    junit: !/<(failure|error)\b/.test(junitReport(report)),
    tap: !/^not ok/m.test(tapReport(report)),
    annotations: !githubAnnotations(report).includes('::error'),
    summary: githubSummary(report).startsWith('## aether-batch: passed'),
    html: htmlReport(report).includes('<h1 class="good">As expected'),
    goldens: report.goldens?.ok !== false || !ok,
    reasons: verdictOf(report).reasons.length === 0,
  };
  for (const [view, isGreen] of Object.entries(shown)) {
    assertEqual(isGreen, view === 'goldens' ? true : ok, `${view}: ${JSON.stringify(report.verdict)}`);
  }
}

async function sameInStore(
  { store }: VerdictWorld,
  parts: {
    readonly plan: BatchPlan;
    readonly events: readonly BatchEvent[];
    readonly result: BatchResult;
    readonly ok: boolean;
    readonly isFull: boolean;
  },
): Promise<void> {
  const { plan, events, result, ok, isFull } = parts;
  const { batch: id } = result.summary;
  const last = events.at(-1)!;
  assertEqual(last.type === 'batch_end' && last.verdict.ok, ok, 'the event');
  const live = new LiveBatch({ id, plan, manifests: ['m.yaml'], started_at: '' });
  for (const event of events) live.hear(event);
  live.end(result.verdict, '');
  assertEqual(live.state === 'completed', ok, 'the live state');
  const record = await store.batch(id);
  if (isFull) {
    assertEqual(record, undefined, 'a refused record');
    return;
  }
  assertEqual(record!.verdict!.ok, ok, 'the record');
  const recorded = await recordedBatch(record!, () => Promise.reject(new Error('not asked of new records')));
  const shown = live.detail([]);
  assertEqual(recorded.state, shown.state, 'the state after a restart');
  assertEqual(recorded.verdict!.ok, ok, 'the verdict after a restart');
  for (const field of ['counts', 'done', 'failed', 'verdict', 'golden_issues'] as const) {
    assertEqual(JSON.stringify(recorded[field]), JSON.stringify(shown[field]), `${field} after a restart`);
  }
  const metrics = new Registry();
  new BatchMetrics(metrics, () => Promise.resolve(record!.verdict)).ended(result.verdict);
  const text = await metrics.metrics();
  assertEqual(/^aether_last_batch_ok 1$/m.test(text), ok, 'the gauge');
  assertEqual(/^aether_batches_total\{verdict="ok"\} 1$/m.test(text), ok, 'the counter');
}

function mergedIsGood(random: RandomCase, parts: readonly Part[]): boolean {
  if (!parts.every(({ ok }) => ok)) return false;
  const judgedParts = parts.filter((_, n) => !random.off[n]!);
  const offParts = parts.filter((_, n) => random.off[n]!);
  if (offParts.length === 0) return true;
  const isWanted = offParts.some(({ report }) =>
    report.runs.some(({ scenario: id }) => random.scenarios[Number(id.slice(1))]!.wantsGolden),
  );
  return judgedParts.length === 0 && !isWanted;
}

function assertEqual(found: unknown, expected: unknown, what: string): void {
  if (found === expected) return;
  throw new Error(`${what}: expected ${String(expected)}, found ${String(found)}`);
}

void t.test('every view of a batch shows the same verdict, and it is ok only if it must be', async (t) => {
  const seen = { good: 0, bad: 0, mergedGood: 0, mergedBad: 0, killed: 0 };
  const holds = async (random: RandomCase): Promise<void> => {
    const world = await VerdictWorld.open(random.scenarios, random);
    const whole = await world.plan();
    const count = random.off.length;
    const parts: Part[] = [];
    for (let n = 0; n < count; n++) {
      const plan = count === 1 ? whole : shardPlan(whole, { index: n + 1, count }, new Map());
      const part = await runPart(world, plan, random, n);
      if (part === undefined) seen.killed++;
      else parts.push(part);
    }
    for (const { ok } of parts) seen[ok ? 'good' : 'bad']++;
    if (parts.length < count) return;
    const merged = mergeReports(parts.map(({ report }, n) => ({ file: `${String(n)}.json`, report })));
    if (!merged.ok) throw new Error(JSON.stringify(merged.problems));
    const ok = mergedIsGood(random, parts);
    sameInReport(merged.report, ok);
    seen[ok ? 'mergedGood' : 'mergedBad']++;
  };
  await fc.assert(fc.asyncProperty(randomCase, holds), { numRuns: CASES });
  for (const [kind, times] of Object.entries(seen)) t.ok(times > 0, `${kind}: ${String(times)}`);
});
