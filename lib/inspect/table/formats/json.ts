import type { Value } from '../../columns/value.js';
import type { Table } from '../table.js';

/** One JSON object a line, keys in the order of the columns. Integers that a double cannot hold are texts. */
export async function* jsonLines(table: Table): AsyncGenerator<string, void, undefined> {
  for await (const object of objects(table)) yield `${object}\n`;
}

/** The same objects as one array. */
export async function* jsonArray(table: Table): AsyncGenerator<string, void, undefined> {
  let before = '[';
  for await (const object of objects(table)) {
    yield `${before}\n${object}`;
    before = ',';
  }
  yield before === '[' ? '[]\n' : '\n]\n';
}

async function* objects({ columns, rows }: Table): AsyncGenerator<string, void, undefined> {
  const keys = columns.map(({ name }) => `${JSON.stringify(name)}:`);
  const decimals = columns.map(({ type }) => type === 'decimal');
  for await (const row of rows()) {
    yield `{${row.map((value, n) => `${keys[n]!}${literal(value, decimals[n]!)}`).join(',')}}`;
  }
}

/** A decimal is a number with all of its places. */
function literal(value: Value, isDecimal: boolean): string {
  return isDecimal && typeof value === 'string' ? value : JSON.stringify(value);
}
