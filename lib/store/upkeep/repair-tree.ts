import { AetherError } from '../../base/errors.js';
import type { EntryKind } from '../../base/ports.js';
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
  /** Damaged records and segments, and refs that nothing stands for: where they lay, and where they are kept now. */
  readonly set_aside: readonly { readonly path: string; readonly to: string }[];
  /** Broken refs that name a standing run again. */
  readonly refs: readonly { readonly path: string; readonly run: string }[];
  /** What the store refused to mend, and why. */
  readonly unmended: readonly { readonly path: string; readonly why: string }[];
}

/**
 * Mends what records alone can tell: damaged records are set aside as evidence, and broken refs turned to the run that
 * the standing records give them; what is in order of a damaged segment moves into a new one. Looks again at each, with the tree for itself: a problem may be gone meanwhile.
 *
 * @throws AetherError STORE_* when the store refuses before anything has moved
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
    // First, so that a record that may not be read ends this before anything has moved.
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

/** What has been done so far. */
class TreeRepair implements TreeRepairReport {
  readonly set_aside: { path: string; to: string }[] = [];
  readonly refs: { path: string; run: string }[] = [];
  readonly unmended: { path: string; why: string }[] = [];
  readonly #store: DiskStore;

  constructor(store: DiskStore) {
    this.#store = store;
  }

  /** One step; what the store refuses of it keeps the others from nothing. */
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

  /** Lets a ref name a run; without one it goes. */
  async turn(path: string, run: string | undefined): Promise<void> {
    // Nothing can be renamed over a directory, and what is no file is evidence.
    if (run === undefined || kindAt(this.#store, path) !== 'file') await this.setAside(path);
    if (run === undefined) return;
    await this.#store.maintenance().writer.writeOne(path, sealRef(run));
    this.refs.push({ path, run });
  }
}

/** True for what is no record. A file that only cannot be read, by its permissions say, is no evidence of damage. */
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

/** By space and name of a ref, the run it may name. */
function heirsOf(
  { reader }: DiskStore,
  damaged: ReadonlySet<string>,
): Readonly<Record<RefSpace, ReadonlyMap<string, string>>> {
  const runs = reader
    .ids('runs')
    .filter((id) => !damaged.has(relative.record('runs', id)))
    .map((id) => reader.readableRun(id))
    .filter((run) => run !== undefined);
  return { ...refHeirs(runs.map(refClaim)), pins: new Map(runs.map((run) => [run.id, run.id])) };
}
