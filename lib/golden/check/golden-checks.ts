import type { Clock } from '../../base/ports.js';
import type { RunRecord } from '../../store/record-types.js';
import { captureGolden, type CapturedRun } from '../compare/capture.js';
import { checkGolden, type GoldenJudgement, type GoldenVerdict } from '../compare/check-golden.js';
import { agrees } from '../compare/ending.js';
import { portablePath } from '../places/elsewhere.js';
import type { GoldenComparer } from '../compare/golden-difference.js';
import { isDamage, isOfOnePlace } from '../tree/golden-file.js';
import type { Acceptance } from '../tree/golden-record.js';
import type { GoldenTree } from '../tree/golden-tree.js';
import { acceptResult } from '../pending/judge.js';
import { unreadable, type NotJudged } from './not-judged.js';
import {
  obsoleteGoldens,
  unreadableDirectories,
  type ObsoleteGolden,
  type References,
} from '../places/obsolete.js';
import { PendingResults } from '../pending/pending.js';
import { renamedGoldens, type Missing, type Renamed } from '../places/renamed.js';
import { settleAgreeing } from './settle.js';
import { slotOfSubject, isPending, type PendingGolden, type Slot, type Waiting } from '../pending/waiting.js';
import { removeStale } from '../pending/stale.js';
import type { UpdateMode } from './update-mode.js';

/** A run to be compared with a golden. */
export interface GoldenSubject {
  readonly name: string;
  readonly scenario: string;
  /** The manifest that requests the golden, as given by the user. */
  readonly manifest: string;
  readonly directory: string;
  /** Opens the run; undefined if the store no longer has its record. */
  readonly open: () => Promise<CapturedRun | undefined>;
}

export interface GoldenResult {
  readonly name: string;
  readonly directory: string;
  readonly verdict: GoldenVerdict;
  /**
   * The action taken. rejected: this result was rejected before. not_judged: the documents were overridden,
   * so that no golden for them exists.
   */
  readonly action: 'none' | 'accepted' | 'pending' | 'rejected' | 'not_judged';
  /** True unless the run counts as failed. */
  readonly ok: boolean;
}

export interface GoldenReport {
  readonly results: readonly GoldenResult[];
  /** Goldens that could not be judged; each is a failure. */
  readonly not_judged: readonly NotJudged[];
  readonly obsolete: readonly ObsoleteGolden[];
  /** Obsolete goldens that were removed. */
  readonly removed: readonly string[];
  /** Errors of writing, as text; the verdicts are given without it. */
  readonly notes: readonly string[];
  readonly ok: boolean;
}

export interface GoldenChecksOptions {
  readonly tree: GoldenTree;
  readonly compare: GoldenComparer;
  readonly subjects: readonly GoldenSubject[];
  /** Null if only some runs of the manifests were selected, so that nothing can be reported as obsolete. */
  readonly references: References | null;
  readonly update: UpdateMode;
  /** True in CI: nothing is written. */
  readonly read_only: boolean;
  /**
   * True if the documents were overridden for this call; then only a run with the same inputs as the golden
   * can fail.
   */
  readonly overridden: boolean;
  readonly by: string | null;
  readonly why: string;
  readonly clock: Clock;
}

/**
 * Compares every run with its golden. Missing, changed, damaged and obsolete goldens fail; where writing is
 * allowed, a difference is either accepted (`update`) or left pending for judgement. Errors of writing are
 * noted, and the verdicts are given anyway.
 */
export async function goldenChecks(options: GoldenChecksOptions): Promise<GoldenReport> {
  const notes = new Notes();
  const judgedRuns: GoldenResult[] = [];
  const missing: Missing[] = [];
  const not_judged: NotJudged[] = [];
  for (const subject of options.subjects) {
    const judged = await judgeSubject(subject, { ...options, notes, missing });
    if ('because' in judged) not_judged.push(judged);
    else judgedRuns.push(judged);
  }
  const { tree, references, update, read_only, overridden } = options;
  const obsolete = references === null ? [] : await obsoleteGoldens(tree, references);
  if (references !== null) not_judged.push(...unreadableDirectories(tree, references));
  const renamed = renamedGoldens(tree, obsolete, missing);
  const results = judgedRuns.map((result) => withFormerName(result, renamed));
  const formerNames = new Set([...renamed.values()].map(({ from }) => from));
  const removed: string[] = [];
  const left: ObsoleteGolden[] = [];
  for (const golden of obsolete.filter(({ name }) => !formerNames.has(name))) {
    const isRemoved = update === 'all' && !read_only && (await notes.unless(() => removeOne(tree, golden)));
    if (isRemoved) removed.push(golden.name);
    else left.push(golden);
  }
  if (references !== null && !read_only && !overridden) {
    await notes.unless(() => removeStale(tree, references));
  }
  const ok = left.length === 0 && not_judged.length === 0 && results.every((result) => result.ok);
  return { results, not_judged, obsolete: left, removed, notes: notes.lines, ok };
}

/** A missing golden that exists under a former name is reported together with it. */
function withFormerName(result: GoldenResult, renamed: ReadonlyMap<string, Renamed>): GoldenResult {
  const found = renamed.get(result.name);
  return found === undefined ? result : { ...result, verdict: { verdict: 'missing', renamed: found } };
}

/** An error of one golden does not prevent the judgement of the others. */
async function judgeSubject(
  subject: GoldenSubject,
  options: CheckOptions,
): Promise<GoldenResult | NotJudged> {
  const { name } = subject;
  try {
    const run = await subject.open();
    if (run !== undefined) return await checkOne(subject, run, options);
    const reason = 'the store no longer has the record of its run: it was removed while the batch ran';
    return { name, because: 'run_missing', reason };
  } catch (error) {
    return unreadable(name, error);
  }
}

type CheckOptions = GoldenChecksOptions & {
  readonly notes: Notes;
  /** Collects the runs without a golden. */
  readonly missing: Missing[];
};

async function checkOne(
  subject: GoldenSubject,
  run: CapturedRun,
  options: CheckOptions,
): Promise<GoldenResult> {
  const { tree, compare, read_only, overridden, notes, missing } = options;
  const { name, directory, scenario } = subject;
  const verdict = await checkGolden(tree, directory, run, (golden) => compare(golden, run));
  const result = (action: GoldenResult['action'], ok: boolean): GoldenResult => {
    return { name, directory, verdict, action, ok };
  };
  if (verdict.verdict === 'agrees') {
    const { golden } = verdict;
    if (!read_only && !overridden) await notes.unless(() => settleAgreeing(tree, subject, golden));
    return result('none', true);
  }
  if (overridden && isOfOtherInputs(verdict, run.record)) return result('not_judged', true);
  const isKept = !read_only && !overridden;
  const action = isKept ? await keepResult(subject, run, verdict, options) : 'none';
  if (verdict.verdict === 'missing' && action !== 'accepted') {
    missing.push({ name, scenario, directory, input_key: run.record.input_key, run: run.record });
  }
  return result(action, action === 'accepted');
}

/** Accepts a result that differs, or leaves it pending. */
async function keepResult(
  subject: GoldenSubject,
  run: CapturedRun,
  verdict: GoldenVerdict,
  options: CheckOptions,
): Promise<'accepted' | 'pending' | 'rejected' | 'none'> {
  const { tree, update, notes } = options;
  const pending = await pendingOf(
    subject,
    run,
    verdict.verdict === 'missing' ? 'missing' : 'changed',
    options,
  );
  let action: 'accepted' | 'pending' | 'rejected' = 'pending';
  const isKept = await notes.unless(() =>
    tree.exclusive(async () => {
      if (update === 'all' || update === pending.verdict) {
        await acceptResult(tree, pending, acceptance(options));
        action = 'accepted';
      } else action = await leavePending(tree, slotOfSubject(tree, subject), pending);
    }),
  );
  return isKept ? action : 'none';
}

async function leavePending(
  tree: GoldenTree,
  slot: Slot,
  pending: PendingGolden,
): Promise<'pending' | 'rejected'> {
  const results = new PendingResults(tree);
  let waiting: Waiting | undefined;
  try {
    waiting = results.read(slot);
  } catch (error) {
    if (!isDamage(error)) throw error;
  }
  if (waiting !== undefined && !isPending(waiting) && isRejection(waiting, pending)) return 'rejected';
  await results.put(slot, pending);
  return 'pending';
}

/** True if this result was rejected. Rejections of older versions contain only the digest. */
function isRejection(rejected: Exclude<Waiting, PendingGolden>, { golden }: PendingGolden): boolean {
  const kept = rejected.pending?.golden.record;
  return kept === undefined
    ? rejected.result_digest === golden.record.result_digest
    : agrees(kept, golden.record);
}

async function removeOne(tree: GoldenTree, { directory }: ObsoleteGolden): Promise<void> {
  await tree.exclusive(() => tree.remove(directory));
}

/** True for a run of overridden documents whose inputs differ from those of the golden. */
export function isOfOtherInputs(verdict: GoldenJudgement, { input_key }: RunRecord): boolean {
  if (verdict.verdict === 'missing') return true;
  return verdict.verdict === 'changed' && verdict.golden.input_key !== input_key;
}

async function pendingOf(
  subject: GoldenSubject,
  run: CapturedRun,
  verdict: PendingGolden['verdict'],
  { tree }: GoldenChecksOptions,
): Promise<PendingGolden> {
  const { name, scenario, manifest } = subject;
  const about = { name, scenario, manifest: portablePath(tree.root, manifest), accepted: null };
  return {
    schema: 'aether-golden-pending/1',
    directory: slotOfSubject(tree, subject).directory,
    verdict,
    run: run.record.id,
    golden: await captureGolden(run, about),
  };
}

function acceptance({ by, why, clock }: GoldenChecksOptions): Acceptance {
  return { by, at: new Date(clock.now()).toISOString(), why };
}

/** Errors of writing, without duplicates. */
class Notes {
  readonly #lines = new Set<string>();

  get lines(): readonly string[] {
    return [...this.#lines];
  }

  /** True if a change was made; false if the place does not allow it, which is noted. */
  async unless(change: () => Promise<unknown>): Promise<boolean> {
    try {
      await change();
      return true;
    } catch (error) {
      if (!isOfOnePlace(error)) throw error;
      this.#lines.add(error.message);
      return false;
    }
  }
}
