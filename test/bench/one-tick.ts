import { join } from 'node:path';
import { median, runCli, shown, type Report } from './measure.js';
import { workDirectory, writeGridManifest } from './scenario.js';

const TICKS = 1_000_000;
const ROUNDS = 7;

/** One tick of a run of a million ticks, as a whole process. */
export function benchOneTick(report: Report): void {
  const work = workDirectory();
  try {
    const manifest = writeGridManifest(work.path, { side: 2, ticks: [TICKS] });
    const tree = join(work.path, 'tree');
    runCli('aether-batch', [manifest, '--store', tree, '--reporter', 'dot', '--no-golden']);
    const laps = Array.from({ length: ROUNDS }, (_, round) => {
      const tick = String(100_003 * (round + 1));
      return runCli('aether', ['inspect', 'latest', '--tick', tick, '--json', '--store', tree]).ms;
    });
    report(`one tick of a run of ${TICKS} ticks: ${shown(median(laps), 0)} ms, process start included`);
  } finally {
    work.done();
  }
}
