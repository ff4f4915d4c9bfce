import { MEDIA_TYPES, TABLE_FORMATS, type TableFormat } from '../../inspect/table/index.js';
import { Refusal } from '../refusal.js';

/** JSON first: the default for a client without a preference. */
const FORMATS: readonly TableFormat[] = ['json', ...TABLE_FORMATS.filter((format) => format !== 'json')];

/** Media types of the formats, without their parameters. */
export const TABLE_MEDIA = FORMATS.map(mediaOf);

function mediaOf(format: TableFormat): string {
  return MEDIA_TYPES[format].split(';')[0]!;
}

/**
 * The format of an answer: the requested one, otherwise the preference of the client.
 *
 * @throws Refusal not-acceptable
 */
export function tableFormat(
  named: TableFormat | undefined,
  accepts: (types: readonly string[]) => string | undefined,
): TableFormat {
  if (named !== undefined) return named;
  const media = accepts(TABLE_MEDIA);
  const format = FORMATS.find((one) => mediaOf(one) === media);
  if (format !== undefined) return format;
  throw new Refusal(
    'not-acceptable',
    `The format in Accept or format must be one of ${TABLE_MEDIA.join(', ')}`,
  );
}

/** Extensions of file names. */
const EXTENSIONS: Readonly<Record<TableFormat, string>> = {
  csv: 'csv',
  tsv: 'tsv',
  jsonl: 'jsonl',
  json: 'json',
  markdown: 'md',
  parquet: 'parquet',
  arrow: 'arrow',
};

/** Headers of a table as a file with a name; JSON is for programs and has none. */
export function tableHeaders(format: TableFormat, name: string): Readonly<Record<string, string>> {
  const file = { 'content-disposition': `attachment; filename="${name}.${EXTENSIONS[format]}"` };
  return {
    'content-type': MEDIA_TYPES[format],
    vary: 'accept',
    'cache-control': 'private, no-cache',
    ...(format === 'json' ? {} : file),
  };
}
