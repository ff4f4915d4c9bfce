/**
 * inspect/compare/ puts runs side by side: the fields of their documents that differ, their observables, and where each
 * parts from the first; and draws them over the same ticks.
 */
export { compareRuns, type RunComparison } from './compare-runs.js';
export { drawOverlay } from './draw-overlay.js';
export { readOverlay } from './run-curves.js';
