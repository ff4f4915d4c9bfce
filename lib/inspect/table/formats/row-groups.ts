import type { Value } from '../../columns/value.js';
import { batchesOf } from '../row-streams.js';
import type { Table } from '../table.js';
import { physicalValue, SeenValues, type PhysicalType } from './physical-types.js';

/** Rows per group: few enough for constant memory, and enough for small files. */
const GROUP = 4096;
/** Maximum rows of a table that is read once instead of twice. */
const HELD = 4 * GROUP;

export type PhysicalColumn = (number | bigint | boolean | string | null)[];

/** A table in the form of the binary formats. */
export interface TypedTable {
  /** The narrowest type that fits every value of each column. */
  readonly types: readonly PhysicalType[];
  /** The rows as columns, a group of rows at a time; one empty group for a table without rows. */
  readonly groups: () => AsyncIterable<readonly PhysicalColumn[]>;
}

/** Reads the rows once for the types; those of a small table are not read again. */
export async function typedTable(table: Table): Promise<TypedTable> {
  const { columns } = table;
  const seen = columns.map((column) => new SeenValues(column));
  let held: Value[][] | undefined = columns.map(() => []);
  for await (const batch of batchesOf(table)) {
    if (held !== undefined && held[0]!.length + batch.length > HELD) held = undefined;
    for (const row of batch) {
      for (let n = 0; n < row.length; n++) {
        seen[n]!.add(row[n]!);
        if (held !== undefined) keep(held[n]!, row[n]!);
      }
    }
  }
  const types = seen.map((one) => one.type());
  const all = held;
  if (all === undefined) return { types, groups: () => rowGroups(table, types) };
  const rows = all[0]?.length ?? 0;
  const group = (from: number): PhysicalColumn[] =>
    all.map((values, n) => values.slice(from, from + GROUP).map((value) => physicalValue(value, types[n]!)));
  return {
    types,
    groups: async function* () {
      yield await Promise.resolve(group(0));
      for (let from = GROUP; from < rows; from += GROUP) yield group(from);
    },
  };
}

/** Adds a value; a text equal to the previous one is stored once. */
function keep<T>(values: T[], value: T): void {
  const last = values.at(-1);
  values.push(last !== undefined && value === last ? last : value);
}

async function* rowGroups(
  table: Table,
  types: readonly PhysicalType[],
): AsyncGenerator<readonly PhysicalColumn[], void, undefined> {
  const { columns } = table;
  let group: PhysicalColumn[] = columns.map(() => []);
  for await (const batch of batchesOf(table)) {
    for (const row of batch) {
      for (let n = 0; n < row.length; n++) keep(group[n]!, physicalValue(row[n]!, types[n]!));
      // Batches may end anywhere; the bytes of a file do not depend on it.
      if (group[0]!.length < GROUP) continue;
      yield group;
      group = columns.map(() => []);
    }
  }
  if (group[0]!.length > 0) yield group;
}
