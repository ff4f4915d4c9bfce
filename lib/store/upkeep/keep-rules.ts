import type { Digest } from '../../base/digest.js';
import type { RunId } from '../../base/run-id.js';
import { storedBlobs } from '../publish/publish-job.js';
import type { RunRecord } from '../record-types.js';
import { byArrival } from '../arrival.js';
import { refClaim, type RefClaim } from '../ref-claims.js';

/** Fields of a run that gc needs. */
export interface RetainedRun extends RefClaim {
  readonly result_digest: Digest;
  readonly blobs: ReadonlyMap<Digest, number>;
}

/** Which runs may be removed. Without any limit, none. */
export interface RetentionRules {
  /** Runs that ended more than this many days ago may be removed. */
  readonly keepDays?: number;
  /**
   * For each name, this many of the latest runs that answer for their inputs, and as many others, are kept.
   * With keepDays, a run that either rule keeps is kept.
   */
  readonly keepLast?: number;
  /** Bytes of blobs; above this the oldest runs are removed, regardless of the other rules. */
  readonly maxSize?: number;
}

/** The fields of a record that retention uses. */
export function retainedRun(run: RunRecord): RetainedRun {
  const blobs = new Map<Digest, number>();
  for (const { digest, size } of storedBlobs(run)) blobs.set(digest, size);
  return { ...refClaim(run), result_digest: run.result_digest, blobs };
}

/**
 * Ids of the runs to remove, ascending. `now` is in milliseconds since the epoch.
 *
 * @param context `roots` are never removed: pinned runs, those of goldens, and those that living processes rely on (see
 * collect-garbage.ts)
 */
export function expiredRuns(
  runs: readonly RetainedRun[],
  rules: RetentionRules,
  context: { readonly roots: ReadonlySet<RunId>; readonly now: number },
): readonly RunId[] {
  const oldestFirst = [...runs].sort(byArrival);
  const gone = new Set<RunId>();
  const free = oldestFirst.filter(({ id }) => !context.roots.has(id));
  const kept = keptByRule(oldestFirst, rules, context.now);
  if (kept !== undefined) for (const { id } of free) if (!kept.has(id)) gone.add(id);
  if (rules.maxSize !== undefined) shrink(oldestFirst, free, { gone, limit: rules.maxSize });
  return [...gone].sort();
}

/** Ids of the newest run of each golden result: one run keeps everything a golden needs. */
export function goldenRuns(runs: readonly RetainedRun[], goldens: ReadonlySet<Digest>): ReadonlySet<RunId> {
  const oldestFirst = runs.filter(({ result_digest }) => goldens.has(result_digest)).sort(byArrival);
  return new Set(new Map(oldestFirst.map(({ result_digest, id }) => [result_digest, id])).values());
}

/** Undefined if neither age nor number is limited. */
function keptByRule(
  oldestFirst: readonly RetainedRun[],
  { keepDays, keepLast }: RetentionRules,
  now: number,
): Set<RunId> | undefined {
  if (keepDays === undefined && keepLast === undefined) return undefined;
  const kept = new Set<RunId>();
  const counts = new Map<string, number>();
  for (const { id, name, answers, ended } of [...oldestFirst].reverse()) {
    // Counted separately: a series of failures must not displace the last good result.
    const group = `${answers ? 'answers' : 'other'} ${name}`;
    const count = (counts.get(group) ?? 0) + 1;
    counts.set(group, count);
    if (keepLast !== undefined && count <= keepLast) kept.add(id);
    if (keepDays !== undefined && ended >= now - keepDays * 24 * 3600 * 1000) kept.add(id);
  }
  return kept;
}

/** Removes the oldest removable runs until the blobs of the others fit. */
function shrink(
  all: readonly RetainedRun[],
  free: readonly RetainedRun[],
  state: { readonly gone: Set<RunId>; readonly limit: number },
): void {
  const users = new Map<Digest, number>();
  let total = 0;
  for (const run of all) {
    if (state.gone.has(run.id)) continue;
    for (const [digest, size] of run.blobs) {
      const count = users.get(digest) ?? 0;
      if (count === 0) total += size;
      users.set(digest, count + 1);
    }
  }
  for (const run of free) {
    if (total <= state.limit) return;
    if (state.gone.has(run.id)) continue;
    state.gone.add(run.id);
    for (const [digest, size] of run.blobs) {
      const count = users.get(digest)! - 1;
      users.set(digest, count);
      if (count === 0) total -= size;
    }
  }
}
