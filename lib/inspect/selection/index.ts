/**
 * inspect/selection/ selects the runs of a query. `selectRuns` is the only way: `table`, `series`, `plot`,
 * `compare`, `history`, the HTTP routes and the address of the dashboard use the same `Selection`.
 *
 * Invariants: one run per run name, the same as from `findRun`, unless every execution is requested; rows are
 * ordered by name and not by arrival; facts are read on demand, so that memory holds only names and places;
 * an invalid selection is a `SelectionProblem`, never an exception.
 */
export type { AxisValues } from './axis-values.js';
export { grownCatalogue, runCatalogue, type RunCatalogue } from './run-catalogue.js';
export { selectFrom, selectRuns, type SelectedRuns, type SelectionHooks } from './select-runs.js';
export type { SelectedRun } from './selected-run.js';
export type { Selected, Selection, SelectionProblem } from './selection.js';
