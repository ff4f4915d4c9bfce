/**
 * inspect/selection/ decides which runs a question about many is asked of. `selectRuns` is the one way: `table`, `series`,
 * `plot`, `compare`, `history`, the HTTP routes and the dashboard's address take the same `Selection`.
 *
 * Invariants: one run for a run name, the one that `findRun` gives for it, unless every execution is asked for; rows come
 * by name and not by arrival; facts are read as they are asked for, so memory holds names and places only; what cannot be
 * meant is a `SelectionProblem`, never an exception.
 */
export type { AxisValues } from './axis-values.js';
export { grownCatalogue, runCatalogue, type RunCatalogue } from './run-catalogue.js';
export { selectFrom, selectRuns, type SelectedRuns, type SelectionHooks } from './select-runs.js';
export type { SelectedRun } from './selected-run.js';
export type { Selected, Selection, SelectionProblem } from './selection.js';
