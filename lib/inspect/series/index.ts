/**
 * inspect/series/ provides values over ticks, of one run or of many, as a table whose rows are ticks.
 *
 * Invariants: values are those of the records, exact; only requested numbers are parsed from the text of a
 * record; one chunk of each run is held, for any number of ticks; what a compact run does not store is
 * derived.
 */
export { METRIC_NAMES } from './metrics.js';
export { openSeries, type SeriesHooks, type SeriesQuery, type SeriesRun } from './open-series.js';
