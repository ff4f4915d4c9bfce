import { byCodeUnit } from '../../base/code-units.js';
import { isFromFuture } from '../arrival.js';
import { resultDigest } from '../../base/result-digest.js';
import { AetherError } from '../../base/errors.js';
import type { RunId } from '../../base/run-id.js';
import { recordedRuns, recordIds, type DiskReader, type Lister } from '../disk-reader.js';
import type { DiskStore } from '../disk-store.js';
import { REF_SPACES, relative, REMARKS } from '../layout.js';
import { formatOf, rootDamage } from '../root-damage.js';
import { storedBlobs } from '../publish/publish-job.js';
import type { RunRecord } from '../record-types.js';
import type { StoreProblem } from '../store-problem.js';
import { isUnreadable, onFile } from '../system-error.js';
import type { FindContradictions } from '../evidence.js';
import { brokenRef } from './broken-ref.js';
import { diskEvidence } from './disk-evidence.js';
import { BlobVerifier, type VerifyProgress } from './verify-blobs.js';
import { verifySegments } from './verify-segments.js';
import { listingPast, refNames, strayFiles } from './walk-tree.js';

export interface VerifyOptions {
  /** Milliseconds since the epoch; if given, records from the future are reported. */
  readonly now?: number;
  /** If given, records are checked against the artefacts of their runs. */
  readonly contradictions?: FindContradictions;
  readonly onProgress?: (progress: VerifyProgress) => void;
}

export interface VerifyReport extends VerifyProgress {
  readonly runs: number;
  readonly batches: number;
  readonly refs: number;
  readonly problems: readonly StoreProblem[];
}

/**
 * Reads the whole store and reports everything that is broken, with the affected runs. Changes nothing:
 * broken files stay in place as evidence. Unreadable places are reported and skipped; throws AetherError only
 * if nothing more can be read.
 */
export async function verifyStore(store: DiskStore, options: VerifyOptions = {}): Promise<VerifyReport> {
  const { reader } = store;
  const problems: StoreProblem[] = [...rootDamage(reader.root, reader.files)];
  const misplaced = new Set(problems.map(({ path }) => path));
  const tree = listingPast(reader, (path, why) => {
    if (misplaced.has(path)) return;
    problems.push({ type: 'directory_unreadable', path, message: `cannot be listed: ${why}` });
  });
  const blobs = new BlobVerifier(reader, options.onProgress ?? ((): void => undefined));
  const evidence = diskEvidence(reader);
  const runs = new Map<string, RunRecord>();
  for (const id of recordedRuns(tree)) {
    const run = readable(problems, relative.record('runs', id), () => reader.run(id));
    if (run === undefined) continue;
    runs.set(id, run);
    problems.push(...fromFuture(relative.record('runs', id), run, options));
    problems.push(...(await checkRun(run, blobs)));
    for (const wrong of (await options.contradictions?.(run, evidence)) ?? []) {
      problems.push({ type: 'record_contradicted', path: relative.record('runs', id), run: id, ...wrong });
    }
  }
  await blobs.rest(tree);
  problems.push(...(await verifySegments(reader)));
  problems.push(...brokenBlobs(reader, blobs, runs.values()));
  const batches = recordIds(tree, 'batches');
  for (const id of batches) {
    const path = relative.record('batches', id);
    const batch = readable(problems, path, () => reader.batch(id));
    if (batch !== undefined) problems.push(...fromFuture(path, batch, options));
  }
  for (const id of recordIds(tree, REMARKS)) {
    readable(problems, relative.record(REMARKS, id), () => reader.remark(id));
  }
  const refs = checkRefs(reader, tree, problems);
  for (const path of strayFiles(tree, formatOf(reader.root, reader.files)))
    problems.push({ type: 'stray_file', path });
  return { ...blobs.progress, runs: runs.size, batches: batches.length, refs, problems };
}

function fromFuture(
  path: string,
  { started_at }: { readonly started_at: string },
  { now }: VerifyOptions,
): StoreProblem[] {
  return now !== undefined && isFromFuture({ started_at }, now)
    ? [{ type: 'from_future', path, started_at }]
    : [];
}

async function checkRun(run: RunRecord, blobs: BlobVerifier): Promise<StoreProblem[]> {
  const path = relative.record('runs', run.id);
  const problems: StoreProblem[] = [];
  for (const artefact of run.artefacts) {
    if (!artefact.stored) continue;
    const message = await blobs.artefact(artefact);
    if (message !== undefined) {
      problems.push({ type: 'artefact_mismatch', path, run: run.id, kind: artefact.kind, message });
    }
  }
  const found = resultDigest(run.artefacts);
  if (found !== run.result_digest) {
    problems.push({ type: 'result_mismatch', path, run: run.id, expected: run.result_digest, found });
  }
  return problems;
}

function brokenBlobs(reader: DiskReader, blobs: BlobVerifier, runs: Iterable<RunRecord>): StoreProblem[] {
  const bad = [...blobs.bad()].sort(([a], [b]) => byCodeUnit(a, b));
  const users = new Map(
    bad.map(([digest]) => [digest, { runs: new Set<RunId>(), kinds: new Set<string>() }]),
  );
  for (const run of runs) {
    for (const { digest, kind } of storedBlobs(run)) {
      users.get(digest)?.runs.add(run.id);
      users.get(digest)?.kinds.add(kind);
    }
  }
  const problems: StoreProblem[] = [];
  for (const [digest, condition] of bad) {
    // A concurrent gc may have removed the runs first and then their blobs.
    const { runs: using, kinds } = users.get(digest)!;
    const standing = [...using].filter((id) => stands(reader, relative.record('runs', id)));
    const path = relative.blob(digest);
    if (standing.length === 0 && !stands(reader, path)) continue;
    problems.push({ type: `blob_${condition}`, path, digest, runs: standing, kinds: [...kinds].sort() });
  }
  return problems;
}

/** A path that cannot be checked counts as existing. */
function stands(reader: DiskReader, path: string): boolean {
  try {
    return onFile('look at', path, () => reader.files.stat(reader.path(path))) !== undefined;
  } catch (error) {
    if (!isUnreadable(error)) throw error;
    return true;
  }
}

function checkRefs(reader: DiskReader, tree: Lister, problems: StoreProblem[]): number {
  let count = 0;
  for (const space of REF_SPACES) {
    for (const name of refNames(tree, space)) {
      count += 1;
      const message = brokenRef(reader, space, name);
      if (message !== undefined)
        problems.push({ type: 'ref_broken', path: relative.ref(space, name), message });
    }
  }
  return count;
}

function readable<T>(problems: StoreProblem[], path: string, read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof AetherError)) throw error;
    problems.push({ type: 'record_corrupt', path, message: error.message });
    return undefined;
  }
}
