import {
  BATCH_VERDICT_VERSION,
  renamedCount,
  type BatchVerdict,
  type GoldenCounts,
  type VerdictReason,
} from '../../store/batch-verdict.js';
import { countText, plural } from '../../base/quantity.js';

/** Everything that determines a verdict. */
export type VerdictParts = Omit<BatchVerdict, 'v' | 'ok' | 'reasons'>;

/** The verdict of a batch: ok unless there is a reason against it. */
export function batchVerdict(parts: VerdictParts): BatchVerdict {
  const reasons = [...storeReasons(parts), ...runReasons(parts), ...goldenReasons(parts.goldens)];
  return { v: BATCH_VERDICT_VERSION, ok: reasons.length === 0, reasons, ...parts };
}

function storeReasons({ store_error }: VerdictParts): VerdictReason[] {
  if (store_error === null) return [];
  return [{ code: store_error, message: 'the store could not keep every result' }];
}

const STOPPED: Readonly<Record<string, string>> = {
  interrupted: 'the batch was interrupted',
  max_failures: 'the batch stopped after the allowed number of failures',
  global_timeout: 'the batch reached its time limit (--global-timeout)',
  store_unusable: 'the batch stopped because the store cannot keep results',
};

function runReasons({ stopped_by, runs, repeats }: VerdictParts): VerdictReason[] {
  const reasons: VerdictReason[] = [];
  const left = runs.cancelled + runs.not_started;
  // Reaching the time limit with all runs done is not a failure; runs that were cut short count as failed or
  // left.
  if (stopped_by === 'interrupted' || (stopped_by !== null && left > 0)) {
    reasons.push({ code: 'BATCH_STOPPED', message: STOPPED[stopped_by] ?? `stopped by ${stopped_by}` });
  }
  if (left > 0) {
    const parts = [
      ...(runs.cancelled > 0 ? [`${countText(runs.cancelled)} cancelled`] : []),
      ...(runs.not_started > 0 ? [`${countText(runs.not_started)} not started`] : []),
    ];
    reasons.push({ code: 'RUNS_LEFT', message: `${plural(left, 'run')} left: ${parts.join(', ')}` });
  }
  if (runs.failed > 0) {
    const { disagreed } = repeats;
    const why = disagreed === 0 ? '' : `, ${countText(disagreed)} because results disagree`;
    reasons.push({ code: 'RUNS_FAILED', message: `${plural(runs.failed, 'run')} failed${why}` });
  }
  return reasons;
}

/** Maximum number of listed goldens that were not judged. */
const SHOWN = 3;

function goldenReasons(goldens: GoldenCounts): VerdictReason[] {
  const { changed, missing, damaged, obsolete, issues } = goldens;
  const renamed = renamedCount(goldens);
  const reasons: VerdictReason[] = [];
  const told = [
    [changed, 'changed'],
    [missing - renamed, 'missing'],
    [renamed, 'renamed'],
    [damaged, 'damaged'],
    [obsolete, 'obsolete'],
  ] as const;
  const differing = told.filter(([count]) => count > 0).map(([count, word]) => `${countText(count)} ${word}`);
  if (differing.length > 0) {
    reasons.push({ code: 'GOLDENS_DIFFER', message: `goldens: ${differing.join(', ')}` });
  }
  const open = issues.filter(({ code, ok }) => code === 'GOLDEN_NOT_JUDGED' && !ok);
  if (open.length > 0) {
    const names = open.slice(0, SHOWN).map(({ name, reason }) => `${name} (${reason})`);
    const more = open.length > SHOWN ? `, and ${countText(open.length - SHOWN)} more` : '';
    const message = `${plural(open.length, 'golden')} not judged: ${names.join(', ')}${more}`;
    reasons.push({ code: 'GOLDENS_NOT_JUDGED', message });
  }
  return reasons;
}
