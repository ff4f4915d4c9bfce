import type { DataType, RecordBatch, Schema } from 'apache-arrow';
import { arrowBuffers } from './arrow-buffers.js';
import type { Table } from '../table.js';
import type { PhysicalType } from './physical-types.js';
import { typedTable, type PhysicalColumn } from './row-groups.js';

/** An Arrow IPC file (Feather version 2), a record batch at a time, with the types of the Parquet file. */
export async function* arrowPieces(table: Table): AsyncGenerator<Uint8Array, void, undefined> {
  const arrow = await import('apache-arrow');
  const make: Readonly<Record<PhysicalType, () => DataType>> = {
    int32: () => new arrow.Int32(),
    int64: () => new arrow.Int64(),
    double: () => new arrow.Float64(),
    boolean: () => new arrow.Bool(),
    text: () => new arrow.Utf8(),
  };
  const { types, groups } = await typedTable(table);
  const fields = table.columns.map(({ name }, n) => new arrow.Field(name, make[types[n]!](), true));
  const schema = new arrow.Schema(fields);
  const batchOf = (group: readonly PhysicalColumn[]): RecordBatch => {
    const children = group.map((values, n) =>
      arrow.makeData({ type: fields[n]!.type, ...arrowBuffers(types[n]!, values) }),
    );
    const length = group[0]?.length ?? 0;
    const type = new arrow.Struct(fields);
    return new arrow.RecordBatch(schema, arrow.makeData({ type, length, nullCount: 0, children }));
  };
  const pieces: Uint8Array[] = [];
  class PieceWriter extends arrow.RecordBatchFileWriter {
    /**
     * A file contains a whole stream, and some readers read that; the library writes the schema only to the
     * footer.
     */
    protected override _writeSchema(schema: Schema): this {
      super._writeSchema(schema);
      return this._writeMessage(arrow.Message.from(schema));
    }

    /** Passes the bytes on at once; the queue of the writer would hold all of them. */
    protected override _write(chunk: Uint8Array): this {
      if (chunk.byteLength > 0) pieces.push(new Uint8Array(chunk.buffer, chunk.byteOffset, chunk.byteLength));
      this._position += chunk.byteLength;
      return this;
    }
  }
  const writer = new PieceWriter();
  writer.reset(undefined, schema);
  for await (const group of groups()) {
    writer.write(batchOf(group));
    yield Buffer.concat(pieces.splice(0));
  }
  writer.finish();
  yield Buffer.concat(pieces);
}
