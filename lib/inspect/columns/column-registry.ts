import type { CatalogueColumns } from '../selection/run-catalogue.js';
import type { Column } from './column.js';
import { OBSERVABLE_COLUMNS, pressColumn } from './observable-columns.js';
import {
  FURTHER_COLUMNS,
  HEAD_COLUMNS,
  METRIC_COLUMNS,
  labelColumn,
  motifColumn,
  TAIL_COLUMNS,
  TICKS_COLUMN,
} from './run-columns.js';

const FIXED: ReadonlyMap<string, Column> = new Map(
  [
    ...HEAD_COLUMNS,
    TICKS_COLUMN,
    ...METRIC_COLUMNS,
    ...OBSERVABLE_COLUMNS,
    ...TAIL_COLUMNS,
    ...FURTHER_COLUMNS,
  ].map((column) => [column.name, column]),
);

/** An axis with the name of a column of every run is written so. */
const CELL = 'cell.';

/** A label is written so. */
const LABEL = 'label.';

/** Every column that the runs of a store have, by name. */
export class ColumnRegistry {
  readonly #known: CatalogueColumns;

  constructor(known: CatalogueColumns) {
    this.#known = known;
  }

  /** The column of that name; undefined when no run has it. */
  column(name: string): Column | undefined {
    if (name.startsWith(CELL) && this.#known.axes.has(name.slice(CELL.length))) {
      return axisColumn(name.slice(CELL.length));
    }
    const fixed = FIXED.get(name);
    if (fixed !== undefined) return fixed;
    if (this.#known.axes.has(name)) return axisColumn(name);
    const pattern = name.startsWith('codex_motif_counts.')
      ? name.slice('codex_motif_counts.'.length)
      : undefined;
    if (pattern !== undefined && this.#known.motifs.has(pattern)) return motifColumn(pattern);
    const label = name.startsWith(LABEL) ? name.slice(LABEL.length) : undefined;
    if (label !== undefined && this.#known.labels.has(label)) return labelColumn(label);
    return pressColumn(name);
  }

  /** Names that a written one may have meant: bits of single streams only for one that begins like them. */
  likely(written: string): readonly string[] {
    return this.names().filter((name) => !name.startsWith('press_bits.') || written.startsWith('press'));
  }

  /** Every name, fixed ones first; what globs over columns match. */
  names(): readonly string[] {
    const { axes, press, motifs, labels } = this.#known;
    return [
      ...FIXED.keys(),
      ...[...axes].map(axisName).sort(),
      ...[...motifs].map((pattern) => `codex_motif_counts.${pattern}`).sort(),
      ...[...labels].map((key) => `${LABEL}${key}`).sort(),
      ...[...press].map((key) => `press_bits.${key}`).sort(),
    ];
  }
}

/** The name under which a table shows an axis: `ticks` is itself, another fixed name gets a prefix. */
export function axisName(key: string): string {
  return key !== TICKS_COLUMN.name && FIXED.has(key) ? `${CELL}${key}` : key;
}

/** The values of an axis; null for runs that have none. */
export function axisColumn(key: string): Column {
  return {
    name: axisName(key),
    type: 'any',
    needs: 'record',
    of: ({ axes }) => axes.get(key) ?? null,
  };
}
