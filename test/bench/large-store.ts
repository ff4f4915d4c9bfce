import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { sha256, type Digest } from '../../lib/base/digest.js';
import { parseRunId } from '../../lib/base/run-id.js';
import { nodePlatform } from '../../lib/platform/index.js';
import { openDiskStore } from '../../lib/store/index.js';
import { relative } from '../../lib/store/layout.js';
import { sealRecord } from '../../lib/store/record-file.js';
import type { RunRecord } from '../../lib/store/records.js';
import { SegmentDraft } from '../../lib/store/segments/segment-format.js';
import { runCli } from './measure.js';
import { writeGridManifest } from './scenario.js';

/** Runs in one segment, as a batch writes them. */
const GROUP = 256;
/** Places in the order of arrival that one number of a commit stands for. */
const PLACES = 64;

/**
 * Makes a store of format 2 with copies of one real run, each with a name, an input key and a small blob of its own, and
 * the index of the store.
 */
export async function makeLargeStore(work: string, root: string, runs: number): Promise<void> {
  const platform = nodePlatform();
  const first = join(work, 'first');
  const manifest = writeGridManifest(join(work, 'documents'), { side: 2, ticks: [8], retain: 'compact' });
  runCli('aether-batch', [manifest, '--store', first, '--no-golden']);
  const from = await openDiskStore({ root: first, mode: 'read', platform });
  const record = (await from.run((await from.runIds())[0]!))!;
  const blobs = new Map<Digest, Uint8Array>();
  for (const { chunks } of record.artefacts)
    for (const { digest } of chunks ?? []) blobs.set(digest, await from.blob(digest));
  await (await openDiskStore({ root, platform, format: 'aether-store/2' })).close();
  mkdirSync(join(root, 'segments'), { recursive: true });
  for (let at = 0; at < runs; at += GROUP) {
    const order = Math.floor(at / PLACES) + 1;
    const draft = new SegmentDraft();
    if (at === 0) for (const [digest, bytes] of blobs) draft.addBlob(digest, bytes);
    for (let n = at; n < Math.min(runs, at + GROUP); n++) {
      const own = Buffer.from(`{"seed":${String(n)},"state":[${'1,'.repeat(100)}0]}`);
      draft.addBlob(sha256(own), own);
      const run = copyOf(record, n, order * PLACES + (n - at));
      draft.addRun(run.id, Buffer.from(sealRecord(run)));
      draft.addRef('keys', run.input_key, run.id);
      draft.addRef('scenarios', run.name, run.id);
    }
    const { bytes, digest } = draft.finish(order + GROUP / PLACES - 1);
    writeFileSync(join(root, relative.segment(digest)), bytes, { mode: 0o444 });
  }
  // Opening it for writing makes the index.
  await (await openDiskStore({ root, platform })).close();
}

function copyOf(record: RunRecord, n: number, arrival: number): RunRecord {
  const id = `20260101${String(n).padStart(9, '0')}-${n.toString(16).padStart(10, '0')}`;
  return {
    ...record,
    id: parseRunId(id)!,
    name: `grid[seed=${String(n)}]`,
    input_key: sha256(`key ${String(n)}`),
    arrival,
  };
}
