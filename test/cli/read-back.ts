import { deepStrictEqual } from 'node:assert';
import { readFileSync } from 'node:fs';
import { extname } from 'node:path';
import { tableFromIPC } from 'apache-arrow';
import { parse } from 'csv-parse/sync';
import { parquetMetadataAsync, parquetReadObjects, parquetSchema } from 'hyparquet';
import { readParquet, Table as ArrowTable } from 'parquet-wasm/node';

/** The contents of a file according to an independent reader. */
export interface ReadBack {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly unknown[])[];
}

const READERS: Readonly<Record<string, (bytes: Buffer) => ReadBack | Promise<ReadBack>>> = {
  '.csv': (bytes) => delimited(bytes, ','),
  '.tsv': (bytes) => delimited(bytes, '\t'),
  '.json': (bytes) => ofObjects(JSON.parse(bytes.toString()) as object[]),
  '.jsonl': (bytes) => {
    const lines = bytes.toString().trimEnd().split('\n');
    return ofObjects(lines.map((line) => JSON.parse(line) as object));
  },
  '.parquet': async (bytes) => {
    const file = new Uint8Array(bytes).buffer;
    const columns = parquetSchema(await parquetMetadataAsync(file)).children.map(
      ({ element }) => element.name,
    );
    const objects = await parquetReadObjects({ file });
    const read = { columns, rows: objects.map((row) => columns.map((name) => row[name])) };
    return agreeing(read, ofArrow(readParquet(new Uint8Array(bytes)).intoIPCStream()));
  },
  '.arrow': (bytes) => {
    const stream = new Uint8Array(bytes.subarray(ARROW_MAGIC.length));
    return agreeing(ofArrow(bytes), ofArrow(ArrowTable.fromIPCStream(stream).intoIPCStream()));
  },
};

/**
 * The first bytes of an Arrow file; a stream follows, which some readers read instead of the blocks named in
 * the footer.
 */
const ARROW_MAGIC = 'ARROW1\0\0';

function ofArrow(bytes: Uint8Array): ReadBack {
  const table = tableFromIPC(bytes);
  const columns = table.schema.fields.map(({ name }) => name);
  const rows = Array.from({ length: table.numRows }, (_, n) =>
    columns.map((name) => table.getChild(name)!.get(n) as unknown),
  );
  return { columns, rows };
}

/** The common result of a JavaScript and a Rust reader. */
function agreeing(one: ReadBack, other: ReadBack): ReadBack {
  deepStrictEqual(other, one);
  return one;
}

function delimited(bytes: Buffer, delimiter: string): ReadBack {
  const [columns, ...rows] = parse(bytes, { delimiter }) as string[][];
  return { columns: columns!, rows };
}

function ofObjects(objects: readonly object[]): ReadBack {
  return { columns: Object.keys(objects[0]!), rows: objects.map((row) => Object.values(row) as unknown[]) };
}

/** Reads the files that its parent names and returns their contents. */
process.on('message', (files: readonly string[]) => {
  const read = files.map(async (file) => READERS[extname(file)]!(readFileSync(file)));
  void Promise.all(read).then((found) => process.send!(found));
});
