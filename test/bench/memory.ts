import { join } from 'node:path';
import { median, runModule, shown, type Report } from './measure.js';
import { workDirectory, writeGridManifest } from './scenario.js';

const ROUNDS = 3;

/** Peak memory of a process that runs the same graph for 1,000 and for 100,000 ticks. */
export function benchMemory(report: Report): void {
  const work = workDirectory();
  try {
    const manifest = writeGridManifest(work.path, { side: 5, ticks: [1000, 100_000] });
    const peak = (ticks: number): number =>
      median(
        Array.from({ length: ROUNDS }, (_, round) => {
          const store = join(work.path, `tree-${ticks}-${round}`);
          const args = [manifest, store, `ticks=${ticks}[,\\]]`];
          return runModule<{ peak_kib: number }>('peak-memory', args).peak_kib / 1024;
        }),
      );
    const short = peak(1000);
    const long = peak(100_000);
    report(
      `peak memory: ${shown(short, 0)} MiB at 1,000 ticks, ${shown(long, 0)} MiB at 100,000; growth ${shown(long / short)}x`,
    );
  } finally {
    work.done();
  }
}
