import { byCodeUnit } from '../../base/code-units.js';
import type { ArtefactReader } from '../../store/port.js';
import { BATCH_DIFF_VERSION, type BatchDiff, type BatchDiffCounts, type RunChange } from './batch-diff.js';
import type { BatchSide } from './batch-side.js';
import { pairRuns, type PairedRun } from './pair-runs.js';
import { runDifference } from './run-difference.js';
import { SPEED_THRESHOLD, type SpeedThreshold } from './speed.js';

/**
 * Compares two batches run by run: by name, then by result and end; if these or the inputs differ, reads both
 * runs. Reads nothing of runs that are the same.
 *
 * @param store contains the runs of both; missing runs are reported one by one
 */
export async function diffBatches(
  store: ArtefactReader,
  a: BatchSide,
  b: BatchSide,
  threshold: SpeedThreshold = SPEED_THRESHOLD,
): Promise<BatchDiff> {
  const pairs = pairRuns(a, b, threshold);
  const runs: RunChange[] = [];
  for (const pair of pairs) if (!isQuiet(pair)) runs.push(await runChange(store, pair));
  const counts = countsOf(pairs);
  return {
    v: BATCH_DIFF_VERSION,
    kind: 'BatchDiff',
    a: { batch: a.batch, started_at: a.started_at },
    b: { batch: b.batch, started_at: b.started_at },
    equal: counts.added + counts.gone + counts.changed === 0,
    threshold,
    counts,
    engines: enginesOf(runs),
    runs,
  };
}

function isQuiet(pair: PairedRun): boolean {
  return pair.change === 'same' && pair.speed === null && !hasOtherInputs(pair);
}

function hasOtherInputs({ a, b }: PairedRun): boolean {
  return a !== null && b !== null && a.input_key !== b.input_key;
}

async function runChange(store: ArtefactReader, pair: PairedRun): Promise<RunChange> {
  const { name, change, what, speed, a, b } = pair;
  const told = { name, change, what, speed, a, b };
  const nothing = { cause: null, first: null, unknown: null };
  const isOther = what.includes('result') || hasOtherInputs(pair);
  if (a === null || b === null || !isOther) return { ...told, ...nothing };
  if (a.run === null || b.run === null) return { ...told, ...nothing, unknown: missingSide(a.run, b.run) };
  const looked = await runDifference(store, a.run, b.run);
  return looked.ok
    ? { ...told, ...looked.value, unknown: null }
    : { ...told, ...nothing, unknown: looked.why };
}

function missingSide(a: string | null, b: string | null): string {
  if (a === null && b === null) return 'neither batch recorded a run';
  return `${a === null ? 'the first' : 'the second'} batch recorded no run`;
}

function countsOf(pairs: readonly PairedRun[]): BatchDiffCounts {
  const count = (test: (pair: PairedRun) => boolean): number => pairs.filter(test).length;
  return {
    added: count(({ change }) => change === 'added'),
    gone: count(({ change }) => change === 'gone'),
    changed: count(({ change }) => change === 'changed'),
    same: count(({ change }) => change === 'same'),
    same_with_other_inputs: count((pair) => pair.change === 'same' && hasOtherInputs(pair)),
    faster: count(({ speed }) => speed === 'faster'),
    slower: count(({ speed }) => speed === 'slower'),
  };
}

function enginesOf(runs: readonly RunChange[]): BatchDiff['engines'] {
  const found = new Map<string, { a: string; b: string; runs: number }>();
  for (const { cause } of runs) {
    if (cause?.engine === undefined || cause.engine === null) continue;
    const { a, b } = cause.engine;
    const key = JSON.stringify([a, b]);
    const known = found.get(key);
    if (known === undefined) found.set(key, { a, b, runs: 1 });
    else known.runs++;
  }
  return [...found].sort(([a], [b]) => byCodeUnit(a, b)).map(([, engine]) => engine);
}
