import { AetherError } from '../../base/errors.js';
import type { EntryKind } from '../../base/ports.js';
import type { RunId } from '../../base/run-id.js';
import type { DiskStore } from '../disk-store.js';
import { idOfRecordFile, REF_SPACES, relative, REMARKS, type RefSpace } from '../layout.js';
import { sealRef } from '../record-file.js';
import { refClaim, refHeirs } from '../ref-claims.js';
import type { StoreProblem } from '../store-problem.js';
import { onFile } from '../system-error.js';
import { brokenRef } from './broken-ref.js';
import { repairSegment } from './repair-segments.js';
import { setAside } from './set-aside.js';

export interface TreeRepairReport {
  /** Damaged records and segments, and refs without a valid target: their old and new paths. */
  readonly set_aside: readonly { readonly path: string; readonly to: string }[];
  /** Broken refs that were pointed to an existing run. */
  readonly refs: readonly { readonly path: string; readonly run: RunId }[];
  /** Paths that could not be repaired, and why. */
  readonly unmended: readonly { readonly path: string; readonly why: string }[];
}

/**
 * Repairs what can be repaired from records alone: sets damaged records aside as evidence, points broken refs
 * to the run that the existing records determine, and moves the intact contents of a damaged segment into a
 * new one. Checks each problem again with exclusive access, because it may be gone meanwhile.
 *
 * @throws AetherError STORE_* when the store refuses before anything was moved
 */
export async function repairTree(
  store: DiskStore,
  problems: readonly StoreProblem[],
): Promise<TreeRepairReport> {
  const records = problems.filter(({ type }) => type === 'record_corrupt').map(({ path }) => path);
  const refs = problems.filter(({ type }) => type === 'ref_broken').map(({ path }) => path);
  const segments = problems.filter(({ type }) => type === 'segment_damaged').map(({ path }) => path);
  const report = new TreeRepair(store);
  if (records.length + refs.length + segments.length === 0) return report;
  await store.maintenance().lease.exclusively(async () => {
    for (const path of segments) await report.attempt(path, () => report.repairSegment(path));
    // First, so that an unreadable record stops the repair before anything was moved.
    const damaged = records.filter((path) => isDamaged(store, path));
    const heirs = heirsOf(store, new Set(damaged));
    for (const path of damaged) await report.attempt(path, () => report.setAside(path));
    for (const path of refs) {
      const { space, name } = refAt(path);
      if (brokenRef(store.reader, space, name) === undefined) continue;
      await report.attempt(path, () => report.turn(path, heirs[space].get(name)));
    }
  });
  return report;
}

/** The progress so far. */
class TreeRepair implements TreeRepairReport {
  readonly set_aside: { path: string; to: string }[] = [];
  readonly refs: { path: string; run: RunId }[] = [];
  readonly unmended: { path: string; why: string }[] = [];
  readonly #store: DiskStore;

  constructor(store: DiskStore) {
    this.#store = store;
  }

  /** Runs one step; a step that the store refuses does not stop the others. */
  async attempt(path: string, step: () => Promise<void>): Promise<void> {
    try {
      await step();
    } catch (error) {
      if (!(error instanceof AetherError)) throw error;
      this.unmended.push({ path, why: error.message });
    }
  }

  async repairSegment(path: string): Promise<void> {
    const to = await repairSegment(this.#store, path);
    if (to !== undefined) this.set_aside.push({ path, to });
  }

  async setAside(path: string): Promise<void> {
    this.set_aside.push({ path, to: await setAside(this.#store.reader, path) });
  }

  /** Points a ref to a run; without one the ref is removed. */
  async turn(path: string, run: RunId | undefined): Promise<void> {
    // Nothing can be renamed over a directory, and an entry that is not a file is evidence.
    if (run === undefined || kindAt(this.#store, path) !== 'file') await this.setAside(path);
    if (run === undefined) return;
    await this.#store.maintenance().writer.writeOne(path, sealRef(run));
    this.refs.push({ path, run });
  }
}

/**
 * True for a damaged record. A file that cannot be read because of its permissions is not evidence of damage.
 */
function isDamaged(store: DiskStore, path: string): boolean {
  const { reader } = store;
  const [space, file] = path.split('/');
  const id = idOfRecordFile(file!)!;
  const kind = kindAt(store, path);
  if (kind !== undefined && kind !== 'file') return true;
  try {
    if (space === 'runs') reader.run(id);
    else if (space === REMARKS) reader.remark(id);
    else reader.batch(id);
    return false;
  } catch (error) {
    if (!(error instanceof AetherError)) throw error;
    return error.code === 'STORE_RECORD_CORRUPT';
  }
}

function kindAt({ reader }: DiskStore, path: string): EntryKind | undefined {
  return onFile('look at', path, () => reader.files.stat(reader.path(path)))?.kind;
}

function refAt(path: string): { readonly space: RefSpace; readonly name: string } {
  const [, space, name] = path.split('/');
  return { space: REF_SPACES.find((known) => known === space)!, name: name! };
}

/** The run that a ref may name, by space and name of the ref. */
function heirsOf(
  { reader }: DiskStore,
  damaged: ReadonlySet<string>,
): Readonly<Record<RefSpace, ReadonlyMap<string, RunId>>> {
  const runs = reader
    .runIds()
    .filter((id) => !damaged.has(relative.record('runs', id)))
    .map((id) => reader.readableRun(id))
    .filter((run) => run !== undefined);
  return { ...refHeirs(runs.map(refClaim)), pins: new Map(runs.map((run) => [run.id, run.id])) };
}
