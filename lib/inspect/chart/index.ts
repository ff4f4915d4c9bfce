/**
 * inspect/chart/ draws many runs in one picture: lines, marks, bars, boxes, heat maps and parallel coordinates.
 *
 * Invariants: the same runs and question give the same bytes; no script and nothing from elsewhere; title, units, legend
 * and a description; only what would be told apart is drawn, and more is refused with what to do.
 */
export { CHART_KINDS, type ChartQuery } from './chart-query.js';
export { drawChart } from './draw-chart.js';
