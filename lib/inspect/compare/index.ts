/**
 * inspect/compare/ compares runs: the fields of their documents that differ, their observables, and the first
 * difference of each from the first run; and draws them over the same ticks.
 */
export { compareRuns, type RunComparison } from './compare-runs.js';
export { drawOverlay } from './draw-overlay.js';
export { readOverlay } from './run-curves.js';
