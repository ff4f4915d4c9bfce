import type { Digest } from '../base/digest.js';
import type { RunId } from '../base/run-id.js';

/** One finding of verify. All but warnings mean that a result cannot be relied on. */
export type StoreProblem =
  | {
      readonly type: 'blob_missing' | 'blob_corrupt' | 'blob_unreadable';
      readonly path: string;
      readonly digest: Digest;
      /** Ids of the runs that need it, ascending; empty for a blob that no run uses. */
      readonly runs: readonly RunId[];
      /** Kinds of the artefacts that contain it, ascending. */
      readonly kinds: readonly string[];
    }
  | { readonly type: 'record_corrupt'; readonly path: string; readonly message: string }
  | {
      readonly type: 'artefact_mismatch';
      readonly path: string;
      readonly run: RunId;
      readonly kind: string;
      readonly message: string;
    }
  | {
      readonly type: 'result_mismatch';
      readonly path: string;
      readonly run: RunId;
      readonly expected: Digest;
      readonly found: Digest;
    }
  /** The artefacts of a run do not match its record. */
  | {
      readonly type: 'record_contradicted';
      readonly path: string;
      readonly run: RunId;
      readonly field: string;
      readonly message: string;
    }
  | {
      readonly type: 'segment_damaged';
      readonly path: string;
      /** Ids of the runs whose records were found in it, ascending. */
      readonly runs: readonly RunId[];
      readonly message: string;
    }
  | { readonly type: 'format_damaged'; readonly path: string; readonly message: string }
  /** Another entry is in the place of a directory of the store. */
  | { readonly type: 'misplaced'; readonly path: string; readonly message: string }
  | { readonly type: 'directory_unreadable'; readonly path: string; readonly message: string }
  | { readonly type: 'ref_broken'; readonly path: string; readonly message: string }
  | { readonly type: 'from_future'; readonly path: string; readonly started_at: string }
  | { readonly type: 'stray_file'; readonly path: string };

/**
 * True for findings that affect no result: a file that does not belong to the store, a wrong date, and a log.
 */
export function isWarning(problem: StoreProblem): boolean {
  return problem.type === 'stray_file' || problem.type === 'from_future' || isLog(problem);
}

/** True for a blob that is only part of logs. Logs contain times, so they cannot be derived again. */
export function isLog(problem: StoreProblem): boolean {
  return 'kinds' in problem && problem.kinds.length === 1 && problem.kinds[0] === 'log';
}

/** One line for display. */
export function describeStoreProblem(problem: StoreProblem): string {
  switch (problem.type) {
    case 'blob_missing':
      return `${problem.path} is missing; ${affected(problem)}`;
    case 'blob_corrupt':
      return `${problem.path} does not match its digest; ${affected(problem)}`;
    case 'blob_unreadable':
      return `${problem.path} cannot be read, permission is denied; ${affected(problem)}`;
    case 'record_corrupt':
      return problem.message;
    case 'artefact_mismatch':
      return `${problem.path}: ${problem.kind}: ${problem.message}`;
    case 'result_mismatch':
      return `${problem.path}: result_digest is ${problem.expected}, its artefacts give ${problem.found}`;
    case 'record_contradicted':
      return `${problem.path}: ${problem.field} ${problem.message}`;
    case 'segment_damaged':
      return `${problem.path} ${problem.message}; ${affected(problem)}`;
    case 'format_damaged':
    case 'misplaced':
    case 'directory_unreadable':
    case 'ref_broken':
      return `${problem.path} ${problem.message}`;
    case 'from_future':
      return `${problem.path} started in the future, at ${problem.started_at}: the clock of its writer was ahead, or the clock of this machine is behind`;
    case 'stray_file':
      return `${problem.path} does not belong to the store`;
  }
}

function affected(problem: StoreProblem & { readonly runs: readonly RunId[] }): string {
  const { runs } = problem;
  if (runs.length === 0) return 'no run uses it';
  const shown = runs.slice(0, 5).join(', ');
  const rest = runs.length > 5 ? ` and ${String(runs.length - 5)} more` : '';
  const what = isLog(problem) ? 'is only the log of' : 'affects';
  return `${what} ${runs.length === 1 ? 'run' : 'runs'} ${shown}${rest}`;
}
