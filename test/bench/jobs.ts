import { join } from 'node:path';
import { median, runCli, shown, type Report } from './measure.js';
import { workDirectory, writeGridManifest } from './scenario.js';

const ROUNDS = 3;
const RUNS = 8;

/** The same batch with one job and with two, as whole processes. */
export function benchJobs(report: Report): void {
  const work = workDirectory();
  try {
    const manifest = writeGridManifest(work.path, { side: 16, ticks: [1200], seeds: RUNS });
    const laps = { one: [] as number[], two: [] as number[] };
    for (let round = 0; round < ROUNDS; round++) {
      for (const [jobs, list] of [
        [1, laps.one],
        [2, laps.two],
      ] as const) {
        const store = join(work.path, `tree-${round}-${jobs}`);
        list.push(
          runCli('aether-batch', [manifest, '--store', store, '-j', String(jobs), '--reporter', 'dot']).ms,
        );
      }
    }
    const one = median(laps.one);
    const two = median(laps.two);
    report(
      `${RUNS} equal runs: 1 job ${shown(one / 1000)} s, 2 jobs ${shown(two / 1000)} s; speed-up ${shown(one / two)}x`,
    );
  } finally {
    work.done();
  }
}
