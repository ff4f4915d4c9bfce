import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { median, runCli, shown, timed, type Report } from './measure.js';
import { workDirectory, writeGridManifest } from './scenario.js';

const CELLS = 10_000;
const ROUNDS = 3;

/** A batch of cached cells, as a whole process, relative to ninja with as many up-to-date targets. */
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
    for (const yardstick of [NINJA, SNAKEMAKE]) {
      const other = await yardstickLaps(yardstick, join(work.path, yardstick.program));
      if (other === undefined) report(`${yardstick.program} is not installed: no yardstick`);
      else {
        const ratio = median(laps) / median(other);
        report(
          `${yardstick.program} with as many targets up to date: ${shown(median(other) / 1000)} s; ratio ${shown(ratio)}`,
        );
      }
    }
  } finally {
    work.done();
  }
}

/** A build program that does nothing for up-to-date targets. */
interface Yardstick {
  readonly program: string;
  readonly args: readonly string[];
  /** Its rules by file name, for targets that depend on one input. */
  readonly rules: () => Readonly<Record<string, string>>;
}

const NINJA: Yardstick = {
  program: 'ninja',
  args: [],
  rules: () => ({
    'build.ninja': [
      'rule touch\n  command = touch $out',
      ...Array.from({ length: CELLS }, (_, n) => `build out/${n}: touch in\n`),
    ].join('\n'),
  }),
};

const SNAKEMAKE: Yardstick = {
  program: 'snakemake',
  args: ['--cores', '2', '--quiet', '--rerun-triggers', 'mtime'],
  rules: () => ({
    Snakefile: [
      `rule all:\n    input: expand("out/{n}", n=range(${CELLS}))`,
      'rule cell:\n    input: "in"\n    output: "out/{n}"\n    shell: "touch {output}"\n',
    ].join('\n'),
  }),
};

async function yardstickLaps(
  { program, args, rules }: Yardstick,
  directory: string,
): Promise<number[] | undefined> {
  if (spawnSync(program, ['--version']).status !== 0) return undefined;
  mkdirSync(join(directory, 'out'), { recursive: true });
  writeFileSync(join(directory, 'in'), '');
  for (const [name, text] of Object.entries(rules())) writeFileSync(join(directory, name), text);
  for (let n = 0; n < CELLS; n++) writeFileSync(join(directory, 'out', String(n)), '');
  const run = (): void => {
    const done = spawnSync(program, args, { cwd: directory, encoding: 'utf8', maxBuffer: 1 << 28 });
    if (done.status !== 0) throw new Error(`${program} exited ${done.status}: ${done.stderr}`);
  };
  // ninja trusts only its own builds, so the first call builds.
  run();
  const laps: number[] = [];
  for (let round = 0; round < ROUNDS; round++) laps.push(await timed(run));
  return laps;
}
