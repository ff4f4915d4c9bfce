import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { PROGRAMS } from '../programs.js';
import { costly, costsOf, runCli, shown, type ProcessCosts, type Report } from './measure.js';
import { workDirectory, writeGridManifest } from './scenario.js';

const HEAP_MIB = 1024;
/** Largest number of cells that are planned: AETHER_BENCH_SIZE, a power of ten from 10,000 on. */
const LARGEST = Number(process.env['AETHER_BENCH_SIZE'] ?? 100_000);
/** Cells whose results are in the store. */
const CACHED = 10_000;

/** CPU and memory of planning sweeps, relative to the minimum: a name, two digests and a line per cell. */
export function benchPlans(report: Report): void {
  const work = workDirectory();
  try {
    for (let cells = 10_000; cells <= LARGEST; cells *= 10) {
      const manifest = writeGridManifest(join(work.path, String(cells)), sweepOf(cells));
      report(line(`dry run of ${shown(cells, 0)} cells`, planned(manifest, join(work.path, 'none')), cells));
    }
    const manifest = writeGridManifest(work.path, sweepOf(CACHED));
    const store = join(work.path, 'tree');
    runCli('aether-batch', [manifest, '--store', store, '--reporter', 'dot', '--no-golden']);
    report(line(`dry run of ${shown(CACHED, 0)} cached cells`, planned(manifest, store), CACHED));
    const noop = batch([manifest, '--store', store, '--reporter', 'dot', '--no-golden']);
    report(line(`batch of ${shown(CACHED, 0)} cached cells`, noop, CACHED));
  } finally {
    work.done();
  }
}

function sweepOf(seeds: number): Parameters<typeof writeGridManifest>[1] {
  return { side: 2, ticks: [8], seeds: Math.min(seeds, 100_000), more: seeds / Math.min(seeds, 100_000) };
}

function planned(manifest: string, store: string): ProcessCosts | undefined {
  return batch([manifest, '--dry-run', '--store', store]);
}

function batch(args: readonly string[]): ProcessCosts | undefined {
  return processCosts([PROGRAMS['aether-batch'], ...args]);
}

function processCosts(args: readonly string[]): ProcessCosts | undefined {
  const options = { encoding: 'utf8', maxBuffer: 1 << 30 } as const;
  const child = spawnSync(process.execPath, [...costly(HEAP_MIB), ...args], options);
  return child.status === 0 ? costsOf(child.stderr) : undefined;
}

function line(what: string, costs: ProcessCosts | undefined, cells: number): string {
  if (costs === undefined) return `${what}: failed`;
  const least = processCosts([fileURLToPath(new URL('./least-plan.js', import.meta.url)), String(cells)])!;
  const ratio = costs.cpu_s / least.cpu_s;
  return `${what}: ${shown(costs.cpu_s)} s of CPU, ${shown(costs.peak_mib, 0)} MiB; ${shown(ratio, 1)}x the least`;
}
