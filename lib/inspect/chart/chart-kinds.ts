/** The kinds of a drawing of many runs; draw-chart.ts draws the panel of each. */
export const CHART_KINDS = ['line', 'scatter', 'bar', 'heatmap', 'parallel', 'box'] as const;
export type ChartKind = (typeof CHART_KINDS)[number];

/** Words for a drawing, for readers who do not see it. */
export const CHART_WORDS: Readonly<Record<ChartKind, string>> = {
  line: 'Lines through the means, a mark for each run',
  scatter: 'A mark for each run',
  bar: 'Bars of means, whiskers from minimum to maximum',
  heatmap: 'Cells shaded by the mean',
  parallel: 'A line for each run, shaded by its value',
  box: 'Boxes from the first to the third quartile, whiskers to minimum and maximum',
};
