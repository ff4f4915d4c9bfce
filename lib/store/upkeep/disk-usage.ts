import { byCodeUnit } from '../../base/code-units.js';
import type { Digest } from '../../base/digest.js';
import type { DiskStore } from '../disk-store.js';
import { YieldTimer } from '../../platform/yield-timer.js';
import { onFile } from '../system-error.js';
import { blobFiles, blobSize } from './walk-tree.js';

/** Bytes attributed to runs; shared bytes count for each run. */
export interface UsageLine {
  readonly of: string;
  readonly runs: number;
  readonly bytes: number;
}

export interface UsageReport {
  readonly runs: number;
  readonly blobs: number;
  /** Size of all blob files in bytes. */
  readonly blob_bytes: number;
  /** Size of the stored artefacts of all runs if nothing were shared. */
  readonly logical_bytes: number;
  /** Blobs that no run names; gc would remove them unless a golden needs them. */
  readonly unreferenced: { readonly blobs: number; readonly bytes: number };
  /** Unfinished writes. */
  readonly temp_bytes: number;
  /** Largest first. */
  readonly by_kind: readonly UsageLine[];
  readonly by_scenario: readonly UsageLine[];
}

/** Disk usage of a store. */
export async function diskUsage(store: DiskStore): Promise<UsageReport> {
  const { reader } = store;
  const yieldTimer = new YieldTimer();
  const kinds = new Tally();
  const scenarios = new Tally();
  const named = new Set<Digest>();
  let runs = 0;
  let logical_bytes = 0;
  for (const id of reader.runIds()) {
    if (yieldTimer.isDue) await yieldTimer.yield();
    const run = reader.readableRun(id);
    if (run === undefined) continue;
    runs += 1;
    const stored = run.artefacts.filter((artefact) => artefact.stored);
    for (const { kind, size, chunks } of stored) {
      kinds.add(kind, size);
      for (const { digest } of chunks) named.add(digest);
    }
    const bytes = stored.reduce((sum, { size }) => sum + size, 0);
    scenarios.add(run.scenario, bytes);
    logical_bytes += bytes;
  }
  const blobs = await countBlobs(store, named);
  const temp_bytes = tempBytes(store);
  return {
    runs,
    ...blobs,
    logical_bytes,
    temp_bytes,
    by_kind: kinds.lines(),
    by_scenario: scenarios.lines(),
  };
}

async function countBlobs(
  store: DiskStore,
  named: ReadonlySet<Digest>,
): Promise<Pick<UsageReport, 'blobs' | 'blob_bytes' | 'unreferenced'>> {
  const yieldTimer = new YieldTimer();
  const unreferenced = { blobs: 0, bytes: 0 };
  let blobs = 0;
  let blob_bytes = 0;
  for (const digest of blobFiles(store.reader)) {
    if (yieldTimer.isDue) await yieldTimer.yield();
    const size = blobSize(store.reader, digest);
    blobs += 1;
    blob_bytes += size;
    if (named.has(digest)) continue;
    unreferenced.blobs += 1;
    unreferenced.bytes += size;
  }
  return { blobs, blob_bytes, unreferenced };
}

function tempBytes({ reader }: DiskStore): number {
  return onFile('list', 'tmp', () => {
    const names = reader.files.list(reader.path('tmp'));
    return names.reduce(
      (sum, { name }) => sum + (reader.files.stat(reader.path(`tmp/${name}`))?.size ?? 0),
      0,
    );
  });
}

class Tally {
  readonly #lines = new Map<string, { runs: number; bytes: number }>();

  add(of: string, bytes: number): void {
    const line = this.#lines.get(of) ?? { runs: 0, bytes: 0 };
    this.#lines.set(of, { runs: line.runs + 1, bytes: line.bytes + bytes });
  }

  lines(): readonly UsageLine[] {
    const lines = [...this.#lines].map(([of, line]) => ({ of, ...line }));
    return lines.sort((a, b) => b.bytes - a.bytes || byCodeUnit(a.of, b.of));
  }
}
