import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { median, runCli, shown, timed, type Report } from './measure.js';
import { workDirectory, writeGridManifest } from './scenario.js';

const CELLS = 10_000;
const ROUNDS = 3;

/** A batch of cells that are all cached, as a whole process, against ninja finding as many targets up to date. */
export async function benchNoop(report: Report): Promise<void> {
  const work = workDirectory();
  try {
    const manifest = writeGridManifest(work.path, { side: 2, ticks: [8], seeds: CELLS });
    const args = [manifest, '--store', join(work.path, 'tree'), '--reporter', 'dot', '--no-golden'];
    runCli('aether-batch', args);
    const laps = Array.from({ length: ROUNDS }, () => runCli('aether-batch', args).ms);
    report(
      `${CELLS} cached cells, nothing executed: ${shown(median(laps) / 1000)} s, process start included`,
    );
    const ninja = await ninjaLaps(join(work.path, 'ninja'));
    if (ninja === undefined) report('ninja is not installed: no yardstick');
    else {
      const ratio = median(laps) / median(ninja);
      report(
        `ninja with as many targets up to date: ${shown(median(ninja) / 1000)} s; ratio ${shown(ratio)}`,
      );
    }
  } finally {
    work.done();
  }
}

async function ninjaLaps(directory: string): Promise<number[] | undefined> {
  if (spawnSync('ninja', ['--version']).status !== 0) return undefined;
  mkdirSync(directory);
  const targets = Array.from({ length: CELLS }, (_, n) => `build out/${n}: touch in`);
  writeFileSync(join(directory, 'in'), '');
  writeFileSync(
    join(directory, 'build.ninja'),
    `rule touch\n  command = touch $out\n${targets.join('\n')}\n`,
  );
  const run = (): void => {
    const done = spawnSync('ninja', [], { cwd: directory, maxBuffer: 1 << 28 });
    if (done.status !== 0) throw new Error(`ninja exited ${done.status}`);
  };
  run();
  const laps: number[] = [];
  for (let round = 0; round < ROUNDS; round++) laps.push(await timed(run));
  return laps;
}
