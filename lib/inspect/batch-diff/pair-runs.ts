import type { BatchSide, SideRun } from './batch-side.js';
import { speedChange, type Speed, type SpeedThreshold } from './speed.js';

/** added: only `b` has the name. gone: only `a` has it. changed: the result, or the end, differs. */
export type RunChangeKind = 'changed' | 'added' | 'gone' | 'same';

/** The part of a changed run that differs. */
export type Changed = 'result' | 'end';

/** A run name in both batches, or in one of them. */
export interface PairedRun {
  readonly name: string;
  readonly change: RunChangeKind;
  /** Empty unless changed. */
  readonly what: readonly Changed[];
  /**
   * Null if one side lacks it, if both took the time from one run, or if the difference is below the
   * threshold.
   */
  readonly speed: Speed | null;
  readonly a: SideRun | null;
  readonly b: SideRun | null;
}

/** Pairs the runs of two batches by name, ascending by code unit. A batch has each name once. */
export function pairRuns(a: BatchSide, b: BatchSide, threshold: SpeedThreshold): readonly PairedRun[] {
  const before = new Map(a.runs.map((run) => [run.name, run]));
  const after = new Map(b.runs.map((run) => [run.name, run]));
  const names = [...new Set([...before.keys(), ...after.keys()])].sort();
  return names.map((name) => paired(name, before.get(name) ?? null, after.get(name) ?? null, threshold));
}

function paired(name: string, a: SideRun | null, b: SideRun | null, threshold: SpeedThreshold): PairedRun {
  if (a === null || b === null) {
    return { name, change: a === null ? 'added' : 'gone', what: [], speed: null, a, b };
  }
  const what: Changed[] = [
    ...(a.result_digest === b.result_digest ? [] : (['result'] as const)),
    ...(isSameEnd(a, b) ? [] : (['end'] as const)),
  ];
  const isOneRun = a.run !== null && a.run === b.run;
  const speed = isOneRun ? null : speedChange(a.measured_ms, b.measured_ms, threshold);
  return { name, change: what.length > 0 ? 'changed' : 'same', what, speed, a, b };
}

/**
 * True unless one of them failed or was left, or both failed differently. Whether an expected result was
 * computed or cached is not a difference.
 */
function isSameEnd(a: SideRun, b: SideRun): boolean {
  if (isGood(a) && isGood(b)) return true;
  return isGood(a) === isGood(b) && a.state === b.state && withoutIds(a.failure) === withoutIds(b.failure);
}

/** Records of older versions do not contain whether a fault was expected; the state decides then. */
function isGood({ ok, state }: SideRun): boolean {
  return ok ?? (state === 'completed' || state === 'cached' || state === 'faulted');
}

/** Messages contain the ids of runs of their batch, which differ each time. */
function withoutIds(failure: string | null): string | null {
  return failure === null ? null : failure.replace(/\b\d{17}-[0-9a-f]{10}\b/g, 'run');
}
