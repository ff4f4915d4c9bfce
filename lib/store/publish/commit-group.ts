import { AetherError } from '../../base/errors.js';
import type { DiskReader } from '../disk-reader.js';
import type { ArrivalCounter } from './arrival-counter.js';
import { type DurableWriter, type SmallFile } from './durable-writer.js';
import { relative } from '../layout.js';
import type { BlobPlacer } from './place-blobs.js';
import type { PublishJob } from './publish-job.js';
import { stampArrivals } from './stamp-arrivals.js';
import { parseRunFile, sealRef } from '../record-file.js';
import type { RunRecord } from '../records.js';
import { takesKey, takesName } from '../ref-claims.js';
import { DiskReliance } from '../sharing/disk-reliance.js';
import type { StoreNotice } from '../sharing/notice.js';
import { storeError } from '../system-error.js';

export interface CommitParts {
  readonly reader: DiskReader;
  readonly placer: BlobPlacer;
  readonly writer: DurableWriter;
  readonly arrivals: ArrivalCounter;
  readonly notice: (notice: StoreNotice) => void;
  /** Called between blobs and records: throws if what protected the blobs from gc is gone. */
  readonly stillProtected: () => void;
}

/**
 * Publishes a group of runs with shared syncs: blobs, then records, then refs. A job that fails drops out before the
 * next stage and leaves no temp behind; the others go on.
 *
 * The record decides: a run is published exactly when a reader finds its record. One that is there but may not be
 * durable is taken back, and where even that fails the run counts as published. References that could not be written
 * are owed: a notice says so, and the next opening writes them.
 */
export async function commitGroup(parts: CommitParts, jobs: readonly PublishJob[]): Promise<void> {
  const again = refuseConflicts(parts.reader, jobs);
  await parts.placer.place(jobs.filter(standing));
  parts.stillProtected();
  stampArrivals(
    jobs.filter((job) => standing(job) && !again.has(job)),
    parts.arrivals,
    (name) => namedBy(parts.reader, 'scenarios', name),
  );
  relyOn(jobs.filter(standing));
  await parts.writer.write(jobs.filter(standing).map((job) => recordFile(parts, job, again.has(job))));
  await settle(
    parts,
    jobs.filter(({ isUnsettled }) => isUnsettled),
  );
  await parts.writer.write(
    refFiles(
      parts,
      jobs.filter((job) => standing(job) && !job.owesRefs),
    ),
  );
}

/** A reference that is durable must not name a record that is not: such a record is owed its references instead. */
async function settle({ writer }: CommitParts, jobs: readonly PublishJob[]): Promise<void> {
  if (jobs.length === 0) return;
  try {
    await writer.settle('runs');
  } catch {
    for (const job of jobs) job.owesRefs = true;
  }
}

/** From before their records are there, so that no gc can come in between. */
function relyOn(jobs: readonly PublishJob[]): void {
  const lists = new Map<DiskReliance, PublishJob[]>();
  for (const job of jobs) {
    const { reliance } = job.publication;
    if (reliance instanceof DiskReliance) lists.set(reliance, [...(lists.get(reliance) ?? []), job]);
  }
  for (const [reliance, relied] of lists) {
    try {
      reliance.add(relied.map(({ record }) => record.id));
    } catch (error) {
      for (const job of relied)
        job.fail(storeError(error, 'publish', relative.record('runs', job.record.id)));
    }
  }
}

function standing(job: PublishJob): boolean {
  return job.failure === undefined;
}

function recordFile(parts: CommitParts, job: PublishJob, again: boolean): SmallFile {
  const path = relative.record('runs', job.record.id);
  let stood = again;
  return {
    path,
    text: job.sealed(),
    mode: 0o444,
    // A process that was suspended since it looked must not replace what others have published meanwhile.
    ...(again
      ? {}
      : {
          onTaken: () => {
            const there = existing(parts.reader, job);
            stood = there !== undefined;
            if (there !== undefined && !job.isOf(there)) job.fail(runExists(job));
            else if (there !== undefined) job.arrive(there.arrival);
            return stood || !standing(job) ? 'keep' : 'replace';
          },
        }),
    fail: (error, placed) => {
      if (!placed || (!stood && takenBack(parts.reader, path))) job.fail(error);
      else {
        job.isUnsettled = true;
        parts.notice({ type: 'record_not_synced', path, message: error.message });
      }
    },
  };
}

function runExists({ record }: PublishJob): AetherError {
  return new AetherError('STORE_RUN_EXISTS', `a different run is already published as ${record.id}`);
}

/** A record that may not outlive a power failure must not be found by anybody who is told that it was not kept. */
function takenBack(reader: DiskReader, path: string): boolean {
  try {
    return reader.files.remove(reader.path(path));
  } catch {
    return false;
  }
}

/** The refs that the jobs take, from the runs that stand there and from each other. */
function refFiles({ reader, notice }: CommitParts, jobs: readonly PublishJob[]): readonly SmallFile[] {
  const files: SmallFile[] = [];
  const taken = new Map<string, RunRecord>();
  for (const job of jobs) {
    const { record } = job;
    const take = (space: 'keys' | 'scenarios', name: string, takes: typeof takesKey): void => {
      const path = relative.ref(space, name);
      if (!takes(job.publication, () => taken.get(path) ?? namedBy(reader, space, name))) return;
      taken.set(path, record);
      files.push(refFile(path, job, notice));
    };
    take('keys', record.input_key, takesKey);
    take('scenarios', record.name, takesName);
  }
  return files;
}

function refFile(path: string, job: PublishJob, notice: CommitParts['notice']): SmallFile {
  return {
    path,
    text: sealRef(job.record.id),
    mode: 0o644,
    fail: (error) => {
      job.owesRefs = true;
      notice({ type: 'ref_owed', path, run: job.record.id, message: error.message });
    },
  };
}

/** The run that a ref names rightly; a damaged one holds no ref. */
export function namedBy(
  reader: DiskReader,
  space: 'keys' | 'scenarios',
  name: string,
): RunRecord | undefined {
  try {
    return reader.runByRef(space, name, (run) => (space === 'keys' ? run.input_key : run.name) === name);
  } catch (error) {
    if (error instanceof AetherError) return undefined;
    throw error;
  }
}

/**
 * Publishing the same record again is fine and repairs a damaged one; another record under the same id is not. Returns
 * the jobs whose record is there already: they keep the arrival they have.
 */
function refuseConflicts(reader: DiskReader, jobs: readonly PublishJob[]): ReadonlySet<PublishJob> {
  const inGroup = new Map<string, RunRecord>();
  const again = new Set<PublishJob>();
  for (const job of jobs) {
    const { id } = job.record;
    const there = existing(reader, job);
    const other = inGroup.get(id) ?? there;
    if (other !== undefined && !job.isOf(other)) {
      job.fail(runExists(job));
      continue;
    }
    inGroup.set(id, job.record);
    if (there === undefined) continue;
    job.arrive(there.arrival);
    again.add(job);
  }
  return again;
}

/** An intact record under the job's id. */
function existing(reader: DiskReader, job: PublishJob): RunRecord | undefined {
  const { id } = job.record;
  const path = relative.record('runs', id);
  try {
    if (reader.files.stat(reader.path(path)) === undefined) return undefined;
    const text = reader.readText(path);
    return text === undefined ? undefined : parseRunFile(text, id, path);
  } catch (error) {
    const failure = storeError(error, 'read', path);
    if (!(failure instanceof AetherError) || failure.code !== 'STORE_RECORD_CORRUPT') job.fail(failure);
    return undefined;
  }
}
