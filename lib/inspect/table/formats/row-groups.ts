import { batchesOf } from '../row-streams.js';
import type { Table } from '../table.js';
import { physicalValue, type PhysicalType } from './physical-types.js';

/** Rows that are held at once. */
const GROUP = 16_384;

export type PhysicalColumn = (number | bigint | boolean | string | null)[];

/** The rows of a table as columns, a group of rows at a time; one empty group for a table without rows. */
export async function* rowGroups(
  table: Table,
  types: readonly PhysicalType[],
): AsyncGenerator<readonly PhysicalColumn[], void, undefined> {
  const { columns } = table;
  let group: PhysicalColumn[] = columns.map(() => []);
  let isFirst = true;
  for await (const batch of batchesOf(table)) {
    for (const row of batch) {
      for (let n = 0; n < row.length; n++) group[n]!.push(physicalValue(row[n]!, types[n]!));
      // Batches may end anywhere; the bytes of a file do not depend on it.
      if (group[0]!.length < GROUP) continue;
      yield group;
      [group, isFirst] = [columns.map(() => []), false];
    }
  }
  if (isFirst || group[0]!.length > 0) yield group;
}
