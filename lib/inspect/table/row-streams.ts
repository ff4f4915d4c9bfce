import type { Row, Table, TableColumn } from './table.js';

/** Items that are there already, as a stream. */
export async function* inTurn<T>(items: Iterable<T>): AsyncGenerator<T, void, undefined> {
  for (const item of items) yield await Promise.resolve(item);
}

/** The first items of a stream that comes in batches; no more of them are asked for. */
export async function* atMostRows<T>(
  batches: AsyncIterable<readonly T[]>,
  limit: number,
): AsyncGenerator<readonly T[], void, undefined> {
  let left = limit;
  if (left <= 0) return;
  for await (const batch of batches) {
    yield batch.length > left ? batch.slice(0, left) : batch;
    left -= batch.length;
    if (left <= 0) return;
  }
}

/** Rows that are handed on together. */
const BATCH = 256;

/** The rows of a table, many at a time. */
export function batchesOf(table: Table): AsyncIterable<readonly Row[]> {
  return table.batches?.() ?? inBatches(table.rows());
}

async function* inBatches(rows: AsyncIterable<Row>): AsyncGenerator<readonly Row[], void, undefined> {
  let batch: Row[] = [];
  for await (const row of rows) {
    if (batch.push(row) < BATCH) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}

/** A table of rows that come in batches. */
export function batchedTable(
  columns: readonly TableColumn[],
  batches: () => AsyncIterable<readonly Row[]>,
): Table {
  return { columns, rows: () => singleRows(batches()), batches };
}

/** A table of rows that are there already. */
export function listedTable(columns: readonly TableColumn[], rows: readonly Row[]): Table {
  return { columns, rows: () => inTurn(rows) };
}

/** Rows one by one. */
export async function* singleRows(
  batches: AsyncIterable<readonly Row[]>,
): AsyncGenerator<Row, void, undefined> {
  for await (const batch of batches) yield* batch;
}
