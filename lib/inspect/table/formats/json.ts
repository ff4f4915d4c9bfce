import type { Value } from '../../columns/value.js';
import { batchesOf } from '../row-streams.js';
import type { Table } from '../table.js';

/**
 * One JSON object per line, keys in the order of the columns. Integers that a double cannot represent are
 * texts.
 */
export async function* jsonLines(table: Table): AsyncGenerator<string, void, undefined> {
  for await (const batch of objects(table)) yield `${batch.join('\n')}\n`;
}

/** The same objects as one array. */
export async function* jsonArray(table: Table): AsyncGenerator<string, void, undefined> {
  let before = '[';
  for await (const batch of objects(table)) {
    yield `${before}\n${batch.join(',\n')}`;
    before = ',';
  }
  yield before === '[' ? '[]\n' : '\n]\n';
}

/** Non-empty batches of objects. */
async function* objects(table: Table): AsyncGenerator<readonly string[], void, undefined> {
  const { columns } = table;
  const keys = columns.map(({ name }) => `${JSON.stringify(name)}:`);
  const decimals = columns.map(({ type }) => type === 'decimal');
  for await (const batch of batchesOf(table)) {
    if (batch.length === 0) continue;
    yield batch.map(
      (row) => `{${row.map((value, n) => `${keys[n]!}${literal(value, decimals[n]!)}`).join(',')}}`,
    );
  }
}

/** A decimal is a number with all of its places. */
function literal(value: Value, isDecimal: boolean): string {
  return isDecimal && typeof value === 'string' ? value : JSON.stringify(value);
}
