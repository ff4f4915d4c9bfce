import { spawnSync } from 'node:child_process';
import { copyFileSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { nodePlatform } from '../../lib/platform/index.js';
import { openDiskStore } from '../../lib/store/index.js';
import { PROGRAMS } from '../programs.js';
import { median, runCli, runModule, shown, timed, type Report } from './measure.js';
import { workDirectory } from './scenario.js';

/** Runs of a batch: AETHER_BENCH_RUNS. */
const RUNS = Number(process.env['AETHER_BENCH_RUNS'] ?? 2000);
const ROUNDS = 3;
const FORMATS = ['aether-store/1', 'aether-store/2'] as const;
type StoreFormat = (typeof FORMATS)[number];

/**
 * Runs of GF-01's size, every artefact durable, two jobs, the whole process included, in a store of each format; against one
 * process that computes them one after the other and writes the same bytes, measured in the same rounds.
 */
export async function benchTinyRuns(report: Report): Promise<void> {
  const work = workDirectory();
  try {
    const manifest = writeManifest(work.path);
    const laps = new Map(FORMATS.map((format) => [format, [] as number[]]));
    const left = new Map<string, number>();
    const naive: number[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      for (const format of FORMATS) {
        const root = join(work.path, `tree-${String(round)}-${format.slice(-1)}`);
        await makeStore(root, format);
        laps.get(format)!.push(runCli('aether-batch', batchOf(manifest, root)).ms);
        left.set(format, filesIn(root));
      }
      const plain = join(work.path, `plain-${String(round)}`);
      naive.push(await timed(() => void runModule('naive-runs', [manifest, plain])));
    }
    const rate = (ms: readonly number[]): number => RUNS / (median(ms) / 1000);
    report(
      `${String(RUNS)} runs of GF-01's size in a plain loop that writes the same bytes, not durable: ` +
        `${shown(rate(naive), 0)} runs/s, process start included`,
    );
    for (const [format, ms] of laps) {
      report(
        `the same as a batch, 2 jobs, all durable, ${format}: ${shown(rate(ms), 0)} runs/s; ` +
          `ratio ${shown(rate(ms) / rate(naive))}; ${shown(left.get(format)! / RUNS)} files a run`,
      );
      report(await createdFiles(manifest, join(work.path, `traced-${format.slice(-1)}`), format));
    }
    const [first, second] = FORMATS.map((format) => rate(laps.get(format)!));
    report(`format 2 is ${shown(second! / first!)} times as fast as format 1`);
  } finally {
    work.done();
  }
}

async function makeStore(root: string, format: StoreFormat): Promise<void> {
  await (await openDiskStore({ root, platform: nodePlatform(), format })).close();
}

function batchOf(manifest: string, root: string): readonly string[] {
  return [manifest, '--store', root, '-j', '2', '--reporter', 'dot'];
}

/** Files that one batch creates, including those that it removes again. */
async function createdFiles(manifest: string, root: string, format: StoreFormat): Promise<string> {
  await makeStore(root, format);
  const trace = `${root}.trace`;
  const args = ['-f', '-qq', '-e', 'trace=openat,open,creat', '-o', trace, process.execPath];
  const done = spawnSync('strace', [...args, PROGRAMS['aether-batch'], ...batchOf(manifest, root)]);
  if (done.status !== 0) return 'strace is not installed: created files are not counted';
  const created = readFileSync(trace, 'latin1')
    .split('\n')
    .filter((line) => line.includes('O_CREAT'));
  return `files created by it: ${shown(created.length / RUNS)} a run`;
}

/** A sweep over a value of the initial state; returns the path of its manifest. */
function writeManifest(directory: string): string {
  const shipped = (path: string): string => {
    copyFileSync(path, join(directory, basename(path)));
    return basename(path);
  };
  const run = {
    v: 1,
    gid: 'GF01',
    run_id: 'tiny',
    topology_path: shipped('topologies/gf01.yaml'),
    profile_path: shipped('profiles/cmp-0.yaml'),
    ticks: 8,
    initial_state: [3, 1, 0, 0, 0, 0],
    windows: { every: 8, apx_name: 'TINY_APX' },
    enable_codex: false,
    enable_pfna: false,
  };
  const scenario = { id: 'tiny', description: 'GF-01 sized.', pillars: ['umx'], run };
  const matrix = { 'initial_state[0]': { range: [1, RUNS] } };
  const document = { v: 1, kind: 'BatchManifest', name: 'tiny', scenarios: [{ ...scenario, matrix }] };
  const path = join(directory, 'tiny.json');
  writeFileSync(path, JSON.stringify(document));
  return path;
}

function filesIn(root: string): number {
  return readdirSync(root, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()).length;
}
