/** Tables of many runs, series of many ticks, and the cost of observables. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { spawnSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { nodePlatform } from '../../lib/platform/index.js';
import type { ApxManifest } from '../../lib/engine/press/records.js';
import type { RunSink } from '../../lib/session/records.js';
import { RunObserver } from '../../lib/session/run-observer.js';
import { Session } from '../../lib/session/session.js';
import { openDiskStore, openStager } from '../../lib/store/index.js';
import { sealRecord } from '../../lib/store/record-file.js';
import { sampleInputs } from '../inspect/sample-inputs.js';
import { PROGRAMS } from '../programs.js';
import { collectRun, records } from '../session/collect-run.js';
import { OBSERVED } from '../store/sample-observables.js';
import { sampleRun } from '../store/sample-run.js';
import { median, runCli, shown, type Report } from './measure.js';
import { runId } from '../ids.js';

export async function benchAnalysis(report: Report): Promise<void> {
  for (const count of [10_000, 100_000]) await benchTable(report, count);
  benchSeries(report);
  benchObserver(report);
}

/** A store of that many runs with three axes; its cache is the one left by a writer. */
async function writeStore(root: string, count: number): Promise<void> {
  const platform = nodePlatform();
  const store = await openDiskStore({ root, platform });
  const stager = openStager(store.stager, platform);
  const first = sampleRun(stager, { id: 'a0', artefacts: {} });
  for (let n = 0; n < count; n++) {
    const cell = {
      ticks: n % 100,
      'topology.edges[0].k': Math.floor(n / 100) % 100,
      run_id: `v${String(Math.floor(n / 10_000))}`,
    };
    const name = `sweep[ticks=${String(cell.ticks)},edges[0].k=${String(cell['topology.edges[0].k'])},run_id=${cell.run_id}]`;
    const id = runId(`20250101-${String(n).padStart(9, '0')}`);
    const record = {
      ...first.record,
      id,
      name,
      scenario: 'sweep',
      cell,
      observables: { ...OBSERVED, press_bits: n },
    };
    writeFileSync(join(root, 'runs', `${id}.json`), sealRecord(record));
  }
  await store.publish(first);
  await store.close();
}

/** Rounds of a table, of which the median is reported. */
const ROUNDS = 3;

/** A heap that only just fits, so that memory that is not collected shows. */
const SMALL_HEAP = ['--max-old-space-size=32', '--max-semi-space-size=1'];

async function benchTable(report: Report, count: number): Promise<void> {
  const root = mkdtempSync(join(tmpdir(), 'aether-bench-'));
  try {
    await writeStore(join(root, 's'), count);
    for (const format of ['csv', 'parquet', 'arrow']) {
      const call = ['table', '--store', join(root, 's'), '--replace', '-o', join(root, `t.${format}`)];
      const rounds = Array.from({ length: ROUNDS }, () => measured(call));
      const ms = median(rounds.map((round) => round.ms));
      const peak = median(rounds.map((round) => round.peak));
      const small = measured(call, false, SMALL_HEAP).peak;
      report(
        `table of ${shown(count, 0)} runs, ${format}: ${shown(ms / 1000)} s, peak ${shown(peak / 1024, 0)} MiB, ${shown(small / 1024, 0)} MiB in a heap of 32 MiB`,
      );
    }
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}

const TICKS = 1_000_000;

/** A run of a million ticks with constant state: its series relative to its bytes. */
function benchSeries(report: Report): void {
  const root = mkdtempSync(join(tmpdir(), 'aether-bench-'));
  const store = ['--store', join(root, 's')];
  try {
    runCli('aether', [
      'run',
      'bench-long',
      '-S',
      `run.ticks=${String(TICKS)}`,
      '--manifests',
      'manifests/bench.yaml',
      ...store,
    ]);
    for (const [kind, metric] of [
      ['loom_p_blocks', 'C_t,s_t'],
      ['umx_ledger', 'u[5]'],
    ] as const) {
      const read = measured(['cat', 'latest', kind, ...store], true);
      const series = measured(['series', 'latest', '--metric', metric, ...store], true);
      report(
        `series ${metric} of ${shown(TICKS, 0)} ticks: ${shown(series.ms / 1000)} s, ${shown(read.ms / series.ms)} of the speed of reading ${kind}, peak ${shown(series.peak / 1024, 0)} MiB`,
      );
    }
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}

const NO_SINK: RunSink = { open: () => undefined, chunk: () => undefined };

/** The cost of the observer in a smallest run, compared with the run without its records. */
function benchObserver(report: Report): void {
  for (const [ticks, rounds] of [
    [8, 4000],
    [1000, 100],
  ] as const) {
    const inputs = sampleInputs({ ticks, every: 8 });
    const manifests = records<ApxManifest>(collectRun(inputs).texts['apx_manifests']!);
    const run = lap(rounds, () => {
      const session = new Session({ inputs, sink: NO_SINK });
      while (session.step());
      session.finish();
    });
    const end = { post_u: new Float64Array(inputs.topology.N), C_t: 1, sum_abs_flux: 3 };
    const observer = lap(rounds, () => {
      const observer = new RunObserver(inputs.run.primary_window_id);
      for (let tick = 1; tick <= ticks; tick++) observer.tick(tick, end);
      for (const manifest of manifests) observer.window(manifest);
      observer.codex(null);
      observer.result(ticks, end);
    });
    report(
      `observables of a run of ${shown(ticks, 0)} ticks: ${shown(observer * 1000)} µs, ${shown((observer / run) * 100)} % of the run`,
    );
  }
}

/** Milliseconds of one call, the median of some laps; the first one warms up. */
function lap(rounds: number, call: () => void): number {
  const laps = Array.from({ length: 6 }, () => {
    const from = performance.now();
    for (let n = 0; n < rounds; n++) call();
    return (performance.now() - from) / rounds;
  });
  return median(laps.slice(1));
}

/** Wall milliseconds and peak kibibytes of one call. */
function measured(
  args: readonly string[],
  toNull = false,
  options: readonly string[] = [],
): { readonly ms: number; readonly peak: number } {
  const code = `import { writeSync } from 'node:fs'; process.on('exit', () => writeSync(2, '\\n' + process.resourceUsage().maxRSS))`;
  const from = performance.now();
  const child = spawnSync(
    process.execPath,
    [...options, '--import', `data:text/javascript,${encodeURIComponent(code)}`, PROGRAMS.aether, ...args],
    {
      encoding: 'utf8',
      stdio: ['ignore', toNull ? 'ignore' : 'pipe', 'pipe'],
    },
  );
  const ms = performance.now() - from;
  if (child.status !== 0) throw new Error(`aether ${args.join(' ')}: ${child.stderr}`);
  return { ms, peak: Number(child.stderr.trim().split('\n').at(-1)) };
}
