import type { Table } from '../table.js';
import type { PhysicalType } from './physical-types.js';
import { typedTable } from './row-groups.js';

const PARQUET = {
  int32: 'INT32',
  int64: 'INT64',
  double: 'DOUBLE',
  boolean: 'BOOLEAN',
  text: 'STRING',
} as const satisfies Record<PhysicalType, string>;

/**
 * A Parquet file, a row group at a time: every column is nullable, and types are the narrowest that fit its
 * values.
 */
export async function* parquetPieces(table: Table): AsyncGenerator<Uint8Array, void, undefined> {
  const { ByteWriter, ParquetWriter, schemaFromColumnData } = await import('hyparquet-writer');
  const { types, groups } = await typedTable(table);
  const shape = table.columns.map(({ name }, n) => ({ name, type: PARQUET[types[n]!], nullable: true }));
  const schema = schemaFromColumnData({ columnData: shape.map((column) => ({ ...column, data: [] })) });
  const writer = new ByteWriter();
  const taken = (): Uint8Array => {
    const bytes = writer.getBytes().slice();
    writer.index = 0;
    return bytes;
  };
  const parquet = new ParquetWriter({ writer, schema, createdBy: 'aether' });
  for await (const group of groups()) {
    const size = group[0]?.length ?? 0;
    if (size === 0) continue;
    const columnData = shape.map(({ name }, n) => ({ name, data: group[n]! }));
    await parquet.write({ columnData, rowGroupSize: size });
    yield taken();
  }
  await parquet.finish();
  yield taken();
}
