import type { ChartKind } from './chart-kinds.js';

/** Query of a drawing of many runs; absent fields are chosen from the varying axes. */
export interface ChartQuery {
  /** Column of the x axis. */
  readonly x?: string;
  /** Integer column of the y axis; in a heat map the shade. Default: press_bits. */
  readonly y?: string;
  /** Column that selects the colour; in a heat map the rows. */
  readonly series?: string;
  /** Column that selects the panel. */
  readonly facet?: string;
  readonly kind?: ChartKind;
  readonly title?: string;
}

/** Limits of what one drawing can distinguish. */
export const MOST_SERIES = 12;
export const MOST_FACETS = 12;
export const MOST_CATEGORIES = 60;
