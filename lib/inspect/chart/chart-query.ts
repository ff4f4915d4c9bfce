export const CHART_KINDS = ['line', 'scatter', 'bar', 'heatmap', 'parallel', 'box'] as const;
export type ChartKind = (typeof CHART_KINDS)[number];

/** What a drawing of many runs shows; what is absent is chosen from the axes that vary. */
export interface ChartQuery {
  /** Column across. */
  readonly x?: string;
  /** Column of integers upwards; in a heat map the shade. Default: press_bits. */
  readonly y?: string;
  /** Column whose values are told apart by colour; in a heat map the rows. */
  readonly series?: string;
  /** Column with a panel for each value. */
  readonly facet?: string;
  readonly kind?: ChartKind;
  readonly title?: string;
}

/** What can be told apart in one drawing. */
export const MOST_SERIES = 12;
export const MOST_FACETS = 12;
export const MOST_CATEGORIES = 60;
