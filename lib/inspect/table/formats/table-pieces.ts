import type { Table } from '../table.js';
import { jsonArray, jsonLines } from './json.js';
import { markdownLines } from './markdown.js';
import { separatedLines } from './csv.js';

/** Formats of a table as bytes. */
export const TABLE_FORMATS = ['csv', 'tsv', 'jsonl', 'json', 'markdown', 'parquet', 'arrow'] as const;
export type TableFormat = (typeof TABLE_FORMATS)[number];

export const MEDIA_TYPES: Readonly<Record<TableFormat, string>> = {
  csv: 'text/csv; charset=utf-8; header=present',
  tsv: 'text/tab-separated-values; charset=utf-8',
  jsonl: 'application/x-ndjson',
  json: 'application/json',
  markdown: 'text/markdown; charset=utf-8',
  parquet: 'application/vnd.apache.parquet',
  arrow: 'application/vnd.apache.arrow.file',
};

/** True for formats that are not shown on a terminal. */
export function isBinary(format: TableFormat): boolean {
  return format === 'parquet' || format === 'arrow';
}

const EXTENSIONS: Readonly<Record<string, TableFormat>> = {
  csv: 'csv',
  tsv: 'tsv',
  jsonl: 'jsonl',
  ndjson: 'jsonl',
  json: 'json',
  md: 'markdown',
  parquet: 'parquet',
  arrow: 'arrow',
  feather: 'arrow',
};

/** The format of a file extension. */
export function formatOfFile(path: string): TableFormat | undefined {
  return EXTENSIONS[/\.([a-z]+)$/i.exec(path)?.[1]?.toLowerCase() ?? ''];
}

/**
 * The bytes of a table. They depend only on the rows. Libraries are loaded by the formats that need them.
 *
 * @param escapesFormulas csv and tsv: prefix texts that a spreadsheet would evaluate with `'`
 */
export async function* tablePieces(
  table: Table,
  format: TableFormat,
  escapesFormulas = false,
): AsyncGenerator<Uint8Array, void, undefined> {
  switch (format) {
    case 'csv':
      yield* textPieces(separatedLines(table, { separator: ',', escapesFormulas }));
      return;
    case 'tsv':
      yield* textPieces(separatedLines(table, { separator: '\t', escapesFormulas }));
      return;
    case 'jsonl':
      yield* textPieces(jsonLines(table));
      return;
    case 'json':
      yield* textPieces(jsonArray(table));
      return;
    case 'markdown':
      yield* textPieces(markdownLines(table));
      return;
    case 'parquet':
      yield* (await import('./parquet.js')).parquetPieces(table);
      return;
    case 'arrow':
      yield* (await import('./arrow.js')).arrowPieces(table);
  }
}

/** Characters collected before they are encoded. */
const PIECE = 64 << 10;

/** Texts as bytes, collected into pieces. */
async function* textPieces(texts: AsyncIterable<string>): AsyncGenerator<Uint8Array, void, undefined> {
  let waiting: string[] = [];
  let length = 0;
  for await (const text of texts) {
    waiting.push(text);
    if ((length += text.length) < PIECE) continue;
    yield Buffer.from(waiting.join(''));
    [waiting, length] = [[], 0];
  }
  if (length > 0) yield Buffer.from(waiting.join(''));
}
