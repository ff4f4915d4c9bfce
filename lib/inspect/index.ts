/**
 * inspect/ answers questions about stored runs: the records of a tick or a window, the first difference of
 * two runs and its cause, the validity of the hash chain of a run, drawings of a run (batch contract, section
 * 5; engine contract, 4.3, 4.4 and 7).
 *
 * Invariants: nothing is written; nothing is computed again, except what a compact run does not store, and
 * that must match its recorded hashes; answers depend only on the stored bytes; a missing item is a typed
 * not-found, never an exception; only the chunks with the answer are read.
 */
export { diffRuns, type Divergence, type RunDiff } from './diff/diff-runs.js';
export { findRun } from './find/find-run.js';
export type { InputDifference } from './diff/input-differences.js';
export { describeNotFound, type Lookup, type NotFound } from './find/lookup.js';
export { sessionPieces } from './session/session-export.js';
export { graphAt } from './graph-at.js';
export { openRun } from './open-run.js';
export type { RunSummary } from './run-summary.js';
export { RunView } from './run-view.js';
export { explainRun, type Explanation } from './explain.js';
export { plotPoints, type PlotPoints } from './plot/plot-points.js';
export { plotRun } from './plot/plot-run.js';
export { replayRun, replayTick, type RunReplay, type TickReplay } from './replay-run.js';
export { StoreReader } from './store-reader.js';
export { valueOrThrow } from './find/value-or-throw.js';
export { verifyRun, type RunVerification } from './verify/verify-run.js';
export { diffWithKept } from './artefacts/kept-run.js';
