import type { RunObservables } from '../../base/observables.js';
import type { CatalogueColumns } from '../selection/run-catalogue.js';
import type { Column } from './column.js';
import { OBSERVABLE_COLUMNS, PRESS, pressColumn, PressKeys } from './observable-columns.js';
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

/** Prefix of an axis whose name is also a fixed column. */
const CELL = 'cell.';

/** Prefix of a label. */
const LABEL = 'label.';

/** Prefix of the counts of motifs by pattern type. */
const MOTIFS = 'codex_motif_counts.';

const PREFIXES = [CELL, LABEL, MOTIFS, PRESS] as const;

/** A column of bits of one stream, or a glob over them, in a condition or a list. */
const NAMED_PRESS = /press_bits\.([^,<>=!]*)/g;

/** All columns of the runs of a store, by name. */
export class ColumnRegistry {
  readonly #known: CatalogueColumns;
  readonly #press: Set<string>;
  readonly #pressKeys: PressKeys;

  constructor(known: CatalogueColumns) {
    this.#known = known;
    this.#press = new Set(known.press);
    this.#pressKeys = new PressKeys(this.#press);
  }

  /**
   * True if a text may refer to bits of streams that no record lists, and a record exists that does not list
   * its streams.
   */
  mayMeanMore(text: string): boolean {
    if (!this.#known.unlisted_press) return false;
    return [...text.matchAll(NAMED_PRESS)].some(([, key]) => !this.#press.has(key!.trim()));
  }

  /** Adds the streams of a run whose record does not list them. */
  learn(press: RunObservables['press']): void {
    this.#pressKeys.add(press);
  }

  /** The column with a name; undefined if no run has it. */
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
   * Names that may have been intended: for a prefix, those with the same prefix, and bits of single streams
   * only for a name with their prefix.
   */
  likely(written: string): readonly string[] {
    const names = this.names();
    const prefix = PREFIXES.find((one) => written.startsWith(one));
    const alike = prefix === undefined ? [] : names.filter((name) => name.startsWith(prefix));
    if (alike.length > 0) return alike;
    return names.filter((name) => !name.startsWith(PRESS) || written.startsWith('press'));
  }

  /** All names, fixed ones first; globs over columns match these. */
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

/** The name of an axis in a table: `ticks` is itself, another fixed name gets a prefix. */
export function axisName(key: string): string {
  return key !== TICKS_COLUMN.name && FIXED.has(key) ? `${CELL}${key}` : key;
}

/** The values of an axis; null for runs without it. */
export function axisColumn(key: string): Column {
  return {
    name: axisName(key),
    type: 'any',
    needs: 'record',
    of: ({ axes }) => axes.get(key) ?? null,
  };
}
