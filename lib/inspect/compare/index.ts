/**
 * inspect/compare/ puts runs side by side: the fields of their documents that differ, their observables, and where each
 * parts from the first; and draws them over the same ticks.
 */
export {
  compareRuns,
  RUN_COMPARISON_VERSION,
  type ComparedInput,
  type ComparedPair,
  type ComparedRun,
  type RunComparison,
} from './compare-runs.js';
export { drawOverlay } from './draw-overlay.js';
export { readOverlay, USUAL_METRICS, type Overlay } from './run-curves.js';
