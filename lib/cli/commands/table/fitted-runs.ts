import { fittedRow, type FittedColumn } from '../../../batch/report/fitted-table.js';
import type { Value } from '../../../inspect/columns/value.js';
import type { Table, TableColumn } from '../../../inspect/table/index.js';

/** Columns that are dropped first on a narrow terminal, unless requested. */
const LEAST_WANTED = [
  'uledger_last_hash',
  'result_digest',
  'started_at',
  'id',
  'batch',
  'total_ticks',
  'window_count',
  'nap_total',
  'nap_ingress',
  'nap_data',
  'nap_egress',
  'uledger_entries',
  'apx_manifests',
  'apxi_views',
  'scenario',
  'proposals_accepted',
  'codex_motifs',
  'C_T',
  'duration_ms',
  'nonzero_nodes',
  'min_u',
  'total_abs_flux',
  'settled_at',
];

/** Minimum width of a text on a narrow terminal. */
const LEAST_TEXT = 16;

export interface FittedRuns {
  readonly lines: AsyncIterable<string>;
  /** Names of dropped columns. */
  readonly dropped: readonly string[];
}

/**
 * A table in the width of the terminal; with null nothing is cut or dropped. Reads the rows twice: once for
 * the widths.
 *
 * @param mayDrop false if the columns were requested
 */
export async function fittedRuns(table: Table, width: number | null, mayDrop: boolean): Promise<FittedRuns> {
  const natural = table.columns.map(({ name }) => name.length);
  const isNumeric = table.columns.map(() => true);
  for await (const row of table.rows()) {
    for (const [n, value] of row.entries()) {
      natural[n] = Math.max(natural[n]!, shown(value).length);
      if (typeof value !== 'number' && value !== null) isNumeric[n] = false;
    }
  }
  const kept = width === null || !mayDrop ? [...natural.keys()] : fitting(table, natural, width);
  const columns = kept.map((n): FittedColumn => {
    const { name, type } = table.columns[n]!;
    const isNumber = type === 'integer' || type === 'decimal' || (type === 'any' && isNumeric[n]!);
    return isNumber ? { title: name, align: 'right' } : { title: name, align: 'left', shrinksTo: LEAST_TEXT };
  });
  const line = fittedRow(
    columns,
    kept.map((n) => natural[n]!),
    width,
  );
  const lines = async function* (): AsyncGenerator<string, void, undefined> {
    yield line(columns.map(({ title }) => title));
    for await (const row of table.rows()) yield line(kept.map((n) => shown(row[n]!)));
  };
  const dropped = [...table.columns.keys()].filter((n) => !kept.includes(n));
  return { lines: lines(), dropped: dropped.map((n) => table.columns[n]!.name) };
}

function shown(value: Value): string {
  return value === null ? '-' : String(value);
}

/** Columns that are dropped last: the name contains the axes. */
const MOST_WANTED = ['run', 'state', 'ticks', 'sum_u', 'max_u', 'press_bits'];

/** Columns that fit, by index: drops the least important one after another, then the axes from the last. */
function fitting({ columns }: Table, natural: readonly number[], width: number): readonly number[] {
  let kept = [...columns.keys()];
  const axes = columns.map(({ name }) => name).filter((name) => !MOST_WANTED.includes(name));
  for (const name of [...LEAST_WANTED, ...axes.reverse()]) {
    const least = kept.reduce((sum, n) => sum + leastWidth(columns[n]!, natural[n]!) + 2, -2);
    if (least <= width) break;
    kept = kept.filter((n) => columns[n]!.name !== name);
  }
  return kept;
}

/** The run name is shortened before any column is dropped. */
function leastWidth({ name }: TableColumn, natural: number): number {
  return name === 'run' ? Math.min(natural, 2 * LEAST_TEXT) : natural;
}
