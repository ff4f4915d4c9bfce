import { writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { median, runCli, shown, type Report } from './measure.js';
import { workDirectory } from './scenario.js';

const RUNS = 1000;
const ROUNDS = 3;

/** A thousand runs of GF-01's size, every artefact durable, two jobs, the whole process included. */
export function benchTinyRuns(report: Report): void {
  const work = workDirectory();
  try {
    const shipped = (path: string): string => relative(work.path, join(process.cwd(), path));
    const manifest = join(work.path, 'tiny.json');
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
    writeFileSync(manifest, JSON.stringify(document));
    const laps = Array.from({ length: ROUNDS }, (_, round) => {
      const store = join(work.path, `tree-${round}`);
      return runCli('aether-batch', [manifest, '--store', store, '-j', '2', '--reporter', 'dot']).ms;
    });
    const rate = RUNS / (median(laps) / 1000);
    report(
      `${RUNS} runs of GF-01's size, 2 jobs, all durable: ${shown(rate, 0)} runs/s, process start included`,
    );
  } finally {
    work.done();
  }
}
