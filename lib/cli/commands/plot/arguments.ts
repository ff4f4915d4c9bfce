import type { ChartKind } from '../../../inspect/chart/chart-query.js';
import type { SelectionArguments } from '../../options/selection-options.js';

export interface PlotArguments extends SelectionArguments {
  readonly output?: string;
  readonly open?: boolean;
  readonly x?: string;
  readonly y?: string;
  readonly series?: string;
  readonly facet?: string;
  readonly kind?: ChartKind;
  readonly title?: string;
  readonly json?: boolean;
}
