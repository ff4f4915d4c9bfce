/**
 * inspect/history/ shows a run name or a scenario over the batches of a store.
 *
 * Invariants: batches are in order of arrival, never of dates; a result is compared with the previous one of
 * the same name; a removed run is reported as such and hides nothing else.
 */
export { type History, type HistoryEntry } from './history.js';
export { historyTable } from './history-table.js';
export { runHistory } from './run-history.js';
export { BATCHES_BEFORE, trendGrid, type TrendGrid } from './trend-grid.js';
