import type { WireTablePage } from '../../../service/wire/index.js';
import { isNumeric } from './value-text.js';

export const CHART_KINDS = ['line', 'scatter', 'heatmap'] as const;
type ChartKind = (typeof CHART_KINDS)[number];

/** The columns and the kind of a chart. */
export interface ChartChoice {
  readonly kind: ChartKind;
  readonly x: string;
  /** Column that distinguishes lines, marks or rows; '' for none. */
  readonly by: string;
  readonly value: string;
}

/** In the address: explicitly no column; absent: the default applies. */
export const NOTHING = '-';

/** Available and chosen options. */
export interface ChartOptions {
  readonly choice: ChartChoice;
  /** Columns for x and for grouping. */
  readonly keys: readonly string[];
  /** Columns with numbers. */
  readonly values: readonly string[];
}

/** Preferred results. */
const FIRST_VALUES = ['press_bits', 'sum_u', 'total_abs_flux', 'ticks'];

/** The choice in the address, with defaults: two axes give a heat map, one gives a line. */
export function chartOptions(table: WireTablePage, words: URLSearchParams): ChartOptions {
  const axes = table.columns.filter(({ is_axis }) => is_axis).map(({ name }) => name);
  const numbers = table.columns.filter((column) => isNumeric(column, table)).map(({ name }) => name);
  const others = ['scenario', 'state', ...numbers].filter((name) => !axes.includes(name));
  const keys = [...axes, ...others];
  const values = [
    ...numbers.filter((name) => !axes.includes(name)),
    ...numbers.filter((n) => axes.includes(n)),
  ];
  const usual: ChartKind = axes.length >= 2 ? 'heatmap' : axes.length === 1 ? 'line' : 'scatter';
  const kind = CHART_KINDS.find((one) => one === words.get('kind')) ?? usual;
  const x = words.get('x') ?? axes[0] ?? 'ticks';
  const value = words.get('value') ?? FIRST_VALUES.find((name) => values.includes(name) && name !== x);
  const spare = axes.find((name) => name !== x && name !== value) ?? '';
  const by = words.get('by') ?? (kind === 'scatter' ? NOTHING : spare);
  const choice = { kind, x, by: by === NOTHING ? '' : by, value: value ?? values[0] ?? '' };
  return { keys, values, choice };
}

/** Why a chart cannot be drawn; undefined if it can. */
export function chartProblem({ kind, x, by, value }: ChartChoice): string | undefined {
  if (value === '') return 'No column has numbers.';
  if (by === x) return `Choose two different columns instead of ${x} twice.`;
  if (kind === 'heatmap' && by === '') return 'A heat map needs a column for its rows.';
  if (kind !== 'scatter' && (value === x || value === by)) {
    return `${value} cannot be the value and a column to group by at once.`;
  }
  return undefined;
}
