import type { DataType, RecordBatch, Schema } from 'apache-arrow';
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

/** Buffers of a column of an Arrow record batch, in the layout of the format. */
interface ArrowBuffers {
  readonly length: number;
  readonly nullCount: number;
  /** A bit per value, the lowest first: 1 if it is not null. */
  readonly nullBitmap: Uint8Array;
  readonly data: Int32Array | BigInt64Array | Float64Array | Uint8Array;
  /** Text only: start of each value in the data, and the end. */
  readonly valueOffsets?: Int32Array;
}

/** The values as buffers; a null has the value 0, false or an empty text in the data. */
function arrowBuffers(type: PhysicalType, values: PhysicalColumn): ArrowBuffers {
  const { length } = values;
  const nullBitmap = bits(values, (value) => value !== null);
  const nullCount = values.reduce((count: number, value) => (value === null ? count + 1 : count), 0);
  return { length, nullCount, nullBitmap, ...dataOf(type, values) };
}

function dataOf(type: PhysicalType, values: PhysicalColumn): Pick<ArrowBuffers, 'data' | 'valueOffsets'> {
  switch (type) {
    case 'int32':
      return { data: Int32Array.from(values as (number | null)[], (value) => value ?? 0) };
    case 'int64':
      return { data: BigInt64Array.from(values as (bigint | null)[], (value) => value ?? 0n) };
    case 'double':
      return { data: Float64Array.from(values as (number | null)[], (value) => value ?? 0) };
    case 'boolean':
      return { data: bits(values, (value) => value === true) };
    case 'text':
      return textData(values as (string | null)[]);
  }
}

function bits(values: PhysicalColumn, isSet: (value: PhysicalColumn[number]) => boolean): Uint8Array {
  const bytes = new Uint8Array(Math.ceil(values.length / 8));
  for (let n = 0; n < values.length; n++) {
    if (isSet(values[n]!)) bytes[n >> 3]! |= 1 << (n & 7);
  }
  return bytes;
}

function textData(values: readonly (string | null)[]): Pick<ArrowBuffers, 'data' | 'valueOffsets'> {
  const texts = values.map((value) => value ?? '');
  const joined = texts.join('');
  const whole = Buffer.from(joined, 'utf8');
  const isAscii = whole.length === joined.length;
  // Joined halves of a surrogate pair would become a character.
  const data = isAscii ? whole : Buffer.concat(texts.map((text) => Buffer.from(text, 'utf8')));
  const valueOffsets = new Int32Array(texts.length + 1);
  for (let n = 0; n < texts.length; n++) {
    const text = texts[n]!;
    valueOffsets[n + 1] = valueOffsets[n]! + (isAscii ? text.length : Buffer.byteLength(text, 'utf8'));
  }
  return { data, valueOffsets };
}
