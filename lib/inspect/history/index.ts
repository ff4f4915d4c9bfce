/**
 * inspect/history/ tells how a run name or a scenario went over the batches of a store.
 *
 * Invariants: batches come in the order of their arrival and never by dates; a result is compared with the last one of the
 * same name; a run that is gone is told as such and hides nothing else.
 */
export { type History, type HistoryEntry } from './history.js';
export { historyTable } from './history-table.js';
export { runHistory } from './run-history.js';
export { BATCHES_BEFORE, trendGrid, type TrendGrid } from './trend-grid.js';
