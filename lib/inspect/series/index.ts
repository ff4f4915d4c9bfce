/**
 * inspect/series/ gives values over ticks: of one run or of many, as a table whose rows are ticks.
 *
 * Invariants: values are those of the records, exact; only numbers that are asked for are taken from a record's text; a
 * chunk of each run is held, whatever the number of ticks; what a compact run does not store is derived again.
 */
export { METRIC_NAMES } from './metrics.js';
export { openSeries, type SeriesHooks, type SeriesQuery, type SeriesRun } from './open-series.js';
