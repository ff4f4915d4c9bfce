import type { Row, Table, TableColumn } from './table.js';

/** An iterable as a stream. */
export async function* inTurn<T>(items: Iterable<T>): AsyncGenerator<T, void, undefined> {
  for (const item of items) yield await Promise.resolve(item);
}

/** The first items of a stream of batches; no further batches are requested. */
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

/** Rows per batch. */
const BATCH = 256;

/** The rows of a table, in batches. */
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

/** A table of rows in batches. */
export function batchedTable(
  columns: readonly TableColumn[],
  batches: () => AsyncIterable<readonly Row[]>,
): Table {
  return { columns, rows: () => singleRows(batches()), batches };
}

/** A table of a list of rows. */
export function listedTable(columns: readonly TableColumn[], rows: readonly Row[]): Table {
  return { columns, rows: () => inTurn(rows) };
}

/** Rows one by one. */
export async function* singleRows(
  batches: AsyncIterable<readonly Row[]>,
): AsyncGenerator<Row, void, undefined> {
  for await (const batch of batches) yield* batch;
}
