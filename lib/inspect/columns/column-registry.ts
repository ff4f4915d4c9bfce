import type { RunObservables } from '../../base/observables.js';
import type { CatalogueColumns } from '../selection/run-catalogue.js';
import type { Column } from './column.js';
import { OBSERVABLE_COLUMNS, PRESS, pressColumn, pressKeys } from './observable-columns.js';
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

/** So begin the names of motifs that the Codex counted. */
const MOTIFS = 'codex_motif_counts.';

const PREFIXES = [CELL, LABEL, MOTIFS, PRESS] as const;

/** A column of bits of one stream, or a glob over them, inside of a condition or a list. */
const NAMED_PRESS = /press_bits\.([^,<>=!]*)/g;

/** Every column that the runs of a store have, by name. */
export class ColumnRegistry {
  readonly #known: CatalogueColumns;
  readonly #press: Set<string>;

  constructor(known: CatalogueColumns) {
    this.#known = known;
    this.#press = new Set(known.press);
  }

  /** True when a text may mean bits of streams that no record lists, and some record does not list its own. */
  mayMeanMore(text: string): boolean {
    if (!this.#known.unlisted_press) return false;
    return [...text.matchAll(NAMED_PRESS)].some(([, key]) => !this.#press.has(key!.trim()));
  }

  /** Adds the streams of a run whose record does not list them. */
  learn(press: RunObservables['press']): void {
    for (const key of pressKeys(press)) this.#press.add(key);
  }

  /** The column of that name; undefined when no run has it. */
  column(name: string): Column | undefined {
    if (name.startsWith(CELL) && this.#known.axes.has(name.slice(CELL.length))) {
      return axisColumn(name.slice(CELL.length));
    }
    const fixed = FIXED.get(name);
    if (fixed !== undefined) return fixed;
    if (this.#known.axes.has(name)) return axisColumn(name);
    const pattern = name.startsWith(MOTIFS) ? name.slice(MOTIFS.length) : undefined;
    if (pattern !== undefined && this.#known.motifs.has(pattern)) return motifColumn(pattern);
    const label = name.startsWith(LABEL) ? name.slice(LABEL.length) : undefined;
    if (label !== undefined && this.#known.labels.has(label)) return labelColumn(label);
    return name.startsWith(PRESS) && this.#press.has(name.slice(PRESS.length))
      ? pressColumn(name)
      : undefined;
  }

  /**
   * Names that a written one may have meant: below a prefix those that have it too, and bits of single streams only for one
   * that begins like them.
   */
  likely(written: string): readonly string[] {
    const names = this.names();
    const prefix = PREFIXES.find((one) => written.startsWith(one));
    const alike = prefix === undefined ? [] : names.filter((name) => name.startsWith(prefix));
    if (alike.length > 0) return alike;
    return names.filter((name) => !name.startsWith(PRESS) || written.startsWith('press'));
  }

  /** Every name, fixed ones first; what globs over columns match. */
  names(): readonly string[] {
    const { axes, motifs, labels } = this.#known;
    return [
      ...FIXED.keys(),
      ...[...axes].map(axisName).sort(),
      ...[...motifs].map((pattern) => `${MOTIFS}${pattern}`).sort(),
      ...[...labels].map((key) => `${LABEL}${key}`).sort(),
      ...[...this.#press].map((key) => `${PRESS}${key}`).sort(),
    ];
  }
}

/** True for the name of a column that every run has. */
export function isFixed(name: string): boolean {
  return FIXED.has(name);
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
