/**
 * inspect/chart/ draws many runs in one picture: lines, marks, bars, boxes, heat maps and parallel
 * coordinates.
 *
 * Invariants: the same runs and query give the same bytes; no script and no external resources; title, units,
 * legend and a description; a drawing shows only what it can distinguish, and refuses more with a hint.
 */
export { CHART_KINDS } from './chart-kinds.js';
export type { ChartQuery } from './chart-query.js';
export { drawChart } from './draw-chart.js';
