import type { Digest } from '../base/digest.js';
import type { Clock } from '../base/ports.js';
import type { RunRecord } from '../store/records.js';
import { captureGolden, type CapturedRun } from './capture.js';
import { checkGolden, type GoldenJudgement, type GoldenVerdict } from './check-golden.js';
import type { GoldenComparer } from './golden-difference.js';
import type { Acceptance } from './golden-record.js';
import type { GoldenTree } from './golden-tree.js';
import { unreadable, type NotJudged } from './not-judged.js';
import { acceptPending, portablePath } from './judge.js';
import { obsoleteGoldens, type ObsoleteGolden, type References } from './obsolete.js';
import { PendingShelf, type PendingGolden } from './pending.js';
import type { UpdateMode } from './update-mode.js';

/** A run that is compared with a golden. */
export interface GoldenSubject {
  readonly name: string;
  readonly scenario: string;
  /** The manifest that asks for the golden, as the user named it. */
  readonly manifest: string;
  readonly directory: string;
  /** Opens the run; undefined when the store has no record of it any more. */
  readonly open: () => Promise<CapturedRun | undefined>;
}

export interface GoldenResult {
  readonly name: string;
  readonly directory: string;
  readonly verdict: GoldenVerdict;
  /**
   * What was done about it. rejected: somebody has judged this very result to be wrong. not_judged: the documents were
   * overridden, so that a golden for them does not exist.
   */
  readonly action: 'none' | 'accepted' | 'pending' | 'rejected' | 'not_judged';
  /** True unless the run must count as failed. */
  readonly ok: boolean;
}

export interface GoldenReport {
  readonly results: readonly GoldenResult[];
  /** Goldens that could not be judged; each fails. */
  readonly not_judged: readonly NotJudged[];
  readonly obsolete: readonly ObsoleteGolden[];
  /** Goldens removed because nothing asks for them. */
  readonly removed: readonly string[];
  readonly ok: boolean;
}

export interface GoldenChecksOptions {
  readonly tree: GoldenTree;
  readonly compare: GoldenComparer;
  readonly subjects: readonly GoldenSubject[];
  /** Null when only some runs of the manifests were selected, so that nothing can be called obsolete. */
  readonly references: References | null;
  readonly update: UpdateMode;
  /** True in CI: nothing is written. */
  readonly read_only: boolean;
  /** The documents were changed for this call alone; only a run whose inputs are still the golden's can fail. */
  readonly overridden: boolean;
  readonly by: string | null;
  readonly why: string;
  readonly clock: Clock;
}

/**
 * Compares every run with its golden. What is missing, changed, damaged or obsolete fails; where writing is allowed, a
 * difference is either accepted (`update`) or left pending until somebody judges it.
 */
export async function goldenChecks(options: GoldenChecksOptions): Promise<GoldenReport> {
  const results: GoldenResult[] = [];
  const not_judged: NotJudged[] = [];
  for (const subject of options.subjects) {
    const judged = await judgeSubject(subject, options);
    if ('because' in judged) not_judged.push(judged);
    else results.push(judged);
  }
  const { tree, references, update, read_only } = options;
  const obsolete = references === null ? [] : obsoleteGoldens(tree, references);
  const removed: string[] = [];
  if (update === 'all' && !read_only) {
    for (const { name, directory } of obsolete) {
      await tree.remove(directory);
      removed.push(name);
    }
  }
  const left = removed.length > 0 ? [] : obsolete;
  const ok = left.length === 0 && not_judged.length === 0 && results.every((result) => result.ok);
  return { results, not_judged, obsolete: left, removed, ok };
}

/** What cannot be judged is no reason to leave the others unjudged. */
async function judgeSubject(
  subject: GoldenSubject,
  options: GoldenChecksOptions,
): Promise<GoldenResult | NotJudged> {
  const { name } = subject;
  try {
    const run = await subject.open();
    if (run !== undefined) return await checkOne(subject, run, options);
    const reason = 'the store has no record of its run any more: it was removed while the batch ran';
    return { name, because: 'run_missing', reason };
  } catch (error) {
    return unreadable(name, error);
  }
}

async function checkOne(
  subject: GoldenSubject,
  run: CapturedRun,
  options: GoldenChecksOptions,
): Promise<GoldenResult> {
  const { tree, compare, update, read_only } = options;
  const { name, directory } = subject;
  const verdict = await checkGolden(tree, directory, run, (golden) => compare(golden, run));
  const result = (action: GoldenResult['action'], ok: boolean): GoldenResult => {
    return { name, directory, verdict, action, ok };
  };
  if (verdict.verdict === 'agrees') {
    if (!read_only && !options.overridden) await settle(tree, name, verdict.golden.result_digest);
    return result('none', true);
  }
  if (options.overridden && isOfOtherInputs(verdict, run.record)) return result('not_judged', true);
  if (read_only || options.overridden) return result('none', false);
  const pending = await pendingOf(
    subject,
    run,
    verdict.verdict === 'missing' ? 'missing' : 'changed',
    options,
  );
  if (update === 'all' || update === pending.verdict) {
    await acceptPending(tree, pending, acceptance(options));
    return result('accepted', true);
  }
  const shelf = new PendingShelf(tree);
  const waiting = shelf.read(name);
  const digest = pending.golden.record.result_digest;
  if (waiting?.schema === 'aether-golden-rejected/1' && waiting.result_digest === digest) {
    return result('rejected', false);
  }
  await shelf.put(name, pending);
  return result('pending', false);
}

/** True when a run of overridden documents is none that a golden was made for. */
export function isOfOtherInputs(verdict: GoldenJudgement, { input_key }: RunRecord): boolean {
  if (verdict.verdict === 'missing') return true;
  return verdict.verdict === 'changed' && verdict.golden.input_key !== input_key;
}

/** A pending result that has become the golden in another way is judged. */
async function settle(tree: GoldenTree, name: string, golden: Digest): Promise<void> {
  const shelf = new PendingShelf(tree);
  const waiting = shelf.read(name);
  if (waiting?.schema !== 'aether-golden-pending/1') return;
  if (waiting.golden.record.result_digest === golden) await shelf.remove(name);
}

async function pendingOf(
  { name, scenario, manifest, directory }: GoldenSubject,
  run: CapturedRun,
  verdict: PendingGolden['verdict'],
  { tree }: GoldenChecksOptions,
): Promise<PendingGolden> {
  const about = { name, scenario, manifest: portablePath(tree.root, manifest), accepted: null };
  return {
    schema: 'aether-golden-pending/1',
    directory: directory === tree.directoryOf(name) ? null : portablePath(tree.root, directory),
    verdict,
    run: run.record.id,
    golden: await captureGolden(run, about),
  };
}

function acceptance({ by, why, clock }: GoldenChecksOptions): Acceptance {
  return { by, at: new Date(clock.now()).toISOString(), why };
}
