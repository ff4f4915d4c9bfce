import { TABLE_FORMATS, tablePieces, type Table } from '../../inspect/table/index.js';
import type { CheckedRequest, Reply } from '../http/operation.js';
import { sendPieces } from '../http/send-pieces.js';
import type { ServiceContext } from '../service-context.js';
import { flag, oneOf, type InferOptional } from '../../base/schema.js';
import { TABLE_MEDIA, tableFormat, tableHeaders } from './table-format.js';

/** Parameters of an answer that is a document, or a table of it. */
export const OFFERED_QUERY = {
  format: oneOf(
    TABLE_FORMATS,
    'Format of the answer, instead of that in Accept; json, the default, is the document, all others are tables.',
  ),
  escape_formulas: flag("csv and tsv: prefix texts that a spreadsheet would evaluate with '"),
};
type OfferedQuery = InferOptional<typeof OFFERED_QUERY>;

/** Media types in addition to that of the document. */
export const OFFERED_MEDIA = TABLE_MEDIA.filter((media) => media !== 'application/json');

/** An answer as a document, and as a table on request. */
export interface Offered<A> {
  readonly body: A;
  readonly table: Table;
  /** Name of the file, without its extension. */
  readonly name: string;
}

/**
 * Answers in the format of the request, which is determined before anything is read.
 *
 * @throws Refusal not-acceptable
 */
export async function offeredAs<A>(
  { query, accepts }: Pick<CheckedRequest<object, OfferedQuery>, 'query' | 'accepts'>,
  { connections }: Pick<ServiceContext, 'connections'>,
  make: () => Promise<Offered<A>>,
): Promise<Reply<A>> {
  const format = tableFormat(query.format, accepts);
  const { body, table, name } = await make();
  if (format === 'json') return { body, headers: { vary: 'accept' } };
  return {
    headers: tableHeaders(format, name),
    stream: (response) =>
      sendPieces(response, connections, () => tablePieces(table, format, query.escape_formulas)),
  };
}
