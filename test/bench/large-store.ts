import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { sha256, type Digest } from '../../lib/base/digest.js';
import { parseRunId } from '../../lib/base/run-id.js';
import { nodePlatform } from '../../lib/platform/index.js';
import { openDiskStore } from '../../lib/store/index.js';
import { relative } from '../../lib/store/layout.js';
import { sealRecord } from '../../lib/store/record-file.js';
import type { RunRecord } from '../../lib/store/record-types.js';
import { SegmentDraft } from '../../lib/store/segments/segment-format.js';
import { PROGRAMS } from '../programs.js';
import { startService } from '../service/service-process.js';
import { costly, costsOf, median, runCli, shown, timed, type Report } from './measure.js';
import { workDirectory, writeGridManifest } from './scenario.js';

/** Runs in one segment, as a batch writes them. */
const GROUP = 256;
/** Places in the order of arrival per number of a commit. */
const PLACES = 64;

/**
 * Makes a store of format 2 with copies of one real run, each with another name, input key and small
 * blob, and the index of the store.
 */
async function makeLargeStore(work: string, root: string, runs: number): Promise<void> {
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

function idOf(n: number): string {
  return `20260101${String(n).padStart(9, '0')}-${n.toString(16).padStart(10, '0')}`;
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

/** Runs of the store: AETHER_BENCH_STORE_RUNS. */
const RUNS = Number(process.env['AETHER_BENCH_STORE_RUNS'] ?? 1_000_000);
const ROUNDS = 5;

/**
 * Commands and the start of the service on a store of a million runs, against the same program that only prints its
 * version.
 */
export async function benchLargeStore(report: Report): Promise<void> {
  const work = workDirectory();
  const root = join(work.path, 'tree');
  try {
    const made = await timed(() => makeLargeStore(work.path, root, RUNS));
    report(`a store of ${String(RUNS)} runs was made in ${shown(made / 1000, 0)} s, its index included`);
    const calls: Readonly<Record<string, readonly string[]>> = {
      '--version': ['--version'],
      runs: ['runs', '--store', root],
      'inspect <name>': ['inspect', 'grid[seed=77]', '--store', root],
      'inspect <id>': ['inspect', idOf(77), '--store', root],
    };
    let least = 0;
    for (const [name, args] of Object.entries(calls)) {
      const laps = Array.from({ length: ROUNDS }, () => measured(args));
      const ms = median(laps.map((lap) => lap.ms));
      least ||= ms;
      const peak = Math.max(...laps.map(({ peak_mib }) => peak_mib));
      report(`aether ${name}: ${shown(ms / 1000)} s; ratio ${shown(ms / least)}; peak ${shown(peak, 0)} MiB`);
    }
    await serviceStart(report, work.path, root);
  } finally {
    work.done();
  }
}

/** One process of `aether`, with its peak of memory. */
function measured(args: readonly string[]): { readonly ms: number; readonly peak_mib: number } {
  const from = performance.now();
  const child = spawnSync(process.execPath, [...costly(4096), PROGRAMS.aether, ...args], {
    encoding: 'utf8',
  });
  const ms = performance.now() - from;
  if (child.status !== 0)
    throw new Error(`${args.join(' ')} exited ${String(child.status)}: ${child.stderr}`);
  return { ms, peak_mib: costsOf(child.stderr)!.peak_mib };
}

async function serviceStart(report: Report, work: string, root: string): Promise<void> {
  const from = performance.now();
  const service = await startService(work, [
    ...['--store', root, '--state', join(work, 'state')],
    ...['--manifests', join(work, 'documents', 'manifest.json')],
  ]);
  const ask = async (path: string): Promise<number> => {
    const asked = performance.now();
    const answer = await fetch(`${service.url}${path}`);
    await answer.text();
    if (!answer.ok) throw new Error(`${path}: ${String(answer.status)}`);
    return performance.now() - asked;
  };
  await ask('/health');
  report(`the service answers /health ${shown((performance.now() - from) / 1000)} s after its start`);
  report(`its first page of the history takes ${shown((await ask('/history')) / 1000)} s`);
  const pages = Array.from({ length: ROUNDS }, () => ask('/history?limit=50'));
  report(`further pages: ${shown(median(await Promise.all(pages)) / 1000)} s`);
  const status = readFileSync(`/proc/${String(service.child.pid)}/status`, 'utf8');
  const peak = Number(/^VmHWM:\s+(\d+)/m.exec(status)?.[1] ?? NaN) / 1024;
  report(`its memory at most: ${shown(peak, 0)} MiB`);
  await service.stop();
}
