import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { median, runCli, shown, timed, type Report } from './measure.js';
import { workDirectory, writeGridManifest } from './scenario.js';

const ROUNDS = 3;

/** `store verify` as a whole process against sha256sum over the same blobs, one core each. */
export async function benchVerify(report: Report): Promise<void> {
  const work = workDirectory();
  try {
    const manifest = writeGridManifest(work.path, { side: 16, ticks: [2500], seeds: 4 });
    const tree = join(work.path, 'tree');
    runCli('aether-batch', [manifest, '--store', tree, '--reporter', 'dot', '--no-golden']);
    const verify = (): { ms: number; stdout: string } =>
      runCli('aether', ['store', 'verify', '--store', tree, '--json']);
    const { bytes } = JSON.parse(verify().stdout) as { bytes: number };
    const laps = Array.from({ length: ROUNDS }, () => verify().ms);
    const yardstick: number[] = [];
    for (let round = 0; round < ROUNDS; round++) yardstick.push(await timed(() => sha256sum(tree)));
    const rate = (list: readonly number[]): number => bytes / 2 ** 20 / (median(list) / 1000);
    report(
      `store verify, ${shown(bytes / 2 ** 20, 0)} MiB: ${shown(rate(laps), 0)} MiB/s; ` +
        `sha256sum ${shown(rate(yardstick), 0)} MiB/s; ratio ${shown(rate(laps) / rate(yardstick))}`,
    );
  } finally {
    work.done();
  }
}

function sha256sum(tree: string): void {
  const done = spawnSync('sh', ['-c', 'find blobs -type f -print0 | xargs -0 sha256sum'], {
    cwd: tree,
    maxBuffer: 1 << 28,
  });
  if (done.status !== 0) throw new Error(`sha256sum exited ${done.status}`);
}
