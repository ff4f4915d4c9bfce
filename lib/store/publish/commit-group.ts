import { AetherError } from '../../base/errors.js';
import type { DiskReader } from '../disk-reader.js';
import type { ArrivalCounter } from './arrival-counter.js';
import { takenBack, type DurableWriter, type SmallFile } from './durable-writer.js';
import { relative } from '../layout.js';
import type { BlobPlacer } from './place-blobs.js';
import type { PublishJob } from './publish-job.js';
import { stampArrivals } from './stamp-arrivals.js';
import { parseRunFile, sealRef } from '../record-file.js';
import type { SegmentDraft } from '../segments/segment-format.js';
import type { StoreSegments } from '../segments/segmented-tree.js';
import type { RunRecord } from '../record-types.js';
import { takesKey, takesName } from '../ref-claims.js';
import { DiskReliance } from '../sharing/disk-reliance.js';
import type { StoreNotice } from '../sharing/notice.js';
import { storeError } from '../system-error.js';

export interface CommitParts {
  readonly reader: DiskReader;
  readonly placer: BlobPlacer;
  readonly writer: DurableWriter;
  readonly arrivals: ArrivalCounter;
  /** Present in a store of format 2. */
  readonly segments?: StoreSegments;
  readonly notice: (notice: StoreNotice) => void;
  /** Called between blobs and records: throws if the protection of the blobs from gc is lost. */
  readonly stillProtected: () => void;
}

/**
 * Publishes a group of runs with shared syncs: blobs, then records, then refs. A job that fails is dropped
 * before the next stage and leaves no temporary file behind; the others continue. In a store of format 2 the
 * small blobs, the records and the refs of runs computed here are written to one segment; imported runs, and
 * those already stored, to plain files.
 *
 * The record decides: a run is published if and only if a reader finds its record. A record that exists but
 * may not be durable is removed again, and if even that fails the run counts as published. References that
 * could not be written are owed: a notice is sent, and the next opening of the store writes them.
 */
export async function commitGroup(parts: CommitParts, jobs: readonly PublishJob[]): Promise<void> {
  const again = refuseConflicts(parts.reader, jobs);
  const draft = parts.segments?.draft();
  const inSegment = (job: PublishJob): boolean =>
    draft !== undefined && !again.has(job) && job.publication.imported !== true;
  await parts.placer.place(
    jobs.filter(standing),
    draft && { draft, each: parts.segments!.small.each, lacks: parts.segments!.lacksBlob, takes: inSegment },
  );
  parts.stillProtected();
  const commit = stampArrivals(
    jobs.filter((job) => standing(job) && !again.has(job)),
    parts.arrivals,
    (name) => namedBy(parts.reader, 'scenarios', name),
  );
  relyOn(jobs.filter(standing));
  const plain = jobs.filter((job) => standing(job) && !inSegment(job));
  await parts.writer.write(plain.map((job) => recordFile(parts, job, again.has(job))));
  const refs = claimedRefs(parts, jobs.filter(standing), inSegment);
  if (draft !== undefined && commit !== undefined) {
    await writeSegment(parts, draft, {
      commit,
      jobs: jobs.filter((job) => standing(job) && inSegment(job)),
      refs: refs.filter((ref) => ref.inSegment),
    });
  }
  await settle(
    parts,
    jobs.filter(({ isUnsettled }) => isUnsettled),
  );
  await parts.writer.write(
    refs
      .filter(({ job, inSegment: isWritten }) => !isWritten && standing(job) && !job.owesRefs)
      .map((ref) => refFile(relative.ref(ref.space, ref.name), ref.job, parts.notice)),
  );
}

/** Publishes everything in it at once, or nothing. */
async function writeSegment(
  parts: CommitParts,
  draft: SegmentDraft,
  { commit, jobs, refs }: SegmentContent,
): Promise<void> {
  if (jobs.length === 0) return;
  for (const job of jobs) draft.addRun(job.record.id, Buffer.from(job.sealed()));
  for (const { space, name, job } of refs) draft.addRef(space, name, job.record.id);
  const placed = await parts.segments!.place(draft, commit);
  if (placed.is === 'durable') return;
  for (const job of jobs) {
    if (placed.is === 'absent') job.fail(placed.error);
    else {
      const path = relative.record('runs', job.record.id);
      parts.notice({ type: 'record_not_synced', path, message: placed.error.message });
    }
  }
}

interface SegmentContent {
  /** Number of the commit. */
  readonly commit: number;
  readonly jobs: readonly PublishJob[];
  readonly refs: readonly ClaimedRef[];
}

/**
 * A durable reference must not name a record that is not durable: such a record is owed its references
 * instead.
 */
async function settle({ writer }: CommitParts, jobs: readonly PublishJob[]): Promise<void> {
  if (jobs.length === 0) return;
  try {
    await writer.settle('runs');
  } catch {
    for (const job of jobs) job.owesRefs = true;
  }
}

/** Called before the records exist, so that no gc can run in between. */
function relyOn(jobs: readonly PublishJob[]): void {
  const lists = new Map<DiskReliance, PublishJob[]>();
  for (const job of jobs) {
    const { reliance } = job.publication;
    if (!(reliance instanceof DiskReliance)) continue;
    const list = lists.get(reliance);
    if (list === undefined) lists.set(reliance, [job]);
    else list.push(job);
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
    content: job.sealed(),
    mode: 0o444,
    // A process that was suspended since its check must not replace newer work of others.
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
      if (!placed || (!stood && takenBack(parts.reader.files, parts.reader.path(path)))) job.fail(error);
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

interface ClaimedRef {
  readonly space: 'keys' | 'scenarios';
  readonly name: string;
  readonly job: PublishJob;
  readonly inSegment: boolean;
}

/** The refs that the jobs take, from existing runs and from each other. */
function claimedRefs(
  { reader, segments }: CommitParts,
  jobs: readonly PublishJob[],
  inSegment: (job: PublishJob) => boolean,
): readonly ClaimedRef[] {
  const taken = new Map<string, ClaimedRef>();
  for (const job of jobs) {
    const { record } = job;
    const take = (space: 'keys' | 'scenarios', name: string, takes: typeof takesKey): void => {
      const path = relative.ref(space, name);
      const before = taken.get(path);
      if (!takes(job.publication, () => before?.job.record ?? namedBy(reader, space, name))) return;
      // A plain file takes precedence over a segment, so it must be replaced by a plain file.
      const isPlain = segments?.isPlain(path) === true || before?.inSegment === false;
      taken.set(path, { space, name, job, inSegment: inSegment(job) && !isPlain });
    };
    take('keys', record.input_key, takesKey);
    take('scenarios', record.name, takesName);
  }
  return [...taken.values()];
}

function refFile(path: string, job: PublishJob, notice: CommitParts['notice']): SmallFile {
  return {
    path,
    content: sealRef(job.record.id),
    mode: 0o644,
    fail: (error) => {
      job.owesRefs = true;
      notice({ type: 'ref_owed', path, run: job.record.id, message: error.message });
    },
  };
}

/** The run that a valid ref names; a damaged one counts as no ref. */
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
 * Publishing the same record again is allowed and repairs a damaged one; a different record with the same id
 * is refused. Returns the jobs whose record exists: they keep their arrival.
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

/** An intact record with the id of the job. */
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
