import { TABLE_FORMATS, tablePieces } from '../../inspect/table/index.js';
import { etagOf } from '../http/etag.js';
import { operation, type Operation } from '../http/operation.js';
import { cursorKey, nextLink } from '../http/paging.js';
import { Refusal } from '../refusal.js';
import { sendPieces } from '../http/send-pieces.js';
import type { ServiceContext } from '../service-context.js';
import { askedSelection } from '../tables/asked-selection.js';
import type { StoredTable } from '../tables/stored-tables.js';
import { TABLE_MEDIA, tableFormat, tableHeaders } from '../tables/table-format.js';
import {
  COLUMN_QUERY,
  columnsOf,
  SELECTION_QUERY,
  type ColumnQuery,
  type SelectionQuery,
} from '../tables/table-query.js';
import { flag, freeObject, integer, list, oneOf, text } from '../../base/schema.js';
import { ref } from '../wire/named-schema.js';
import { TABLE_PAGE, type WireTablePage } from '../wire/table.js';

const TAG = 'table';

/** Maximum number of column names in one page. */
const MOST_NAMES = 1000;

const OFFSET = integer('Number of rows to skip.', { minimum: 0, maximum: Number.MAX_SAFE_INTEGER });

/** Runs as a table: as a file in any format, and in pages for views that show some rows of many. */
export function tableRoutes(context: ServiceContext): Operation[] {
  return [tableFile(context), tablePage(context)];
}

function tableFile(context: ServiceContext): Operation {
  return operation({
    id: 'getTable',
    method: 'get',
    path: '/table',
    tag: TAG,
    summary: 'One row for each selected run',
    description: 'The bytes that `aether table` writes of the same tree. Without `limit` all rows are sent.',
    query: {
      ...SELECTION_QUERY,
      ...COLUMN_QUERY,
      offset: OFFSET,
      limit: integer(
        'Maximum of rows; the headers then contain the number of all rows and the link to the next ones.',
        {
          minimum: 1,
          maximum: Number.MAX_SAFE_INTEGER,
        },
      ),
      cursor: text('Position from the Link header of the previous rows; instead of offset.', {
        maxLength: 400,
      }),
      format: oneOf(TABLE_FORMATS, 'Format of the answer, instead of that in Accept; json without either.'),
      escape_formulas: flag("csv and tsv: prefix texts that a spreadsheet would evaluate with '"),
    },
    success: {
      status: 200,
      description: 'The table.',
      schema: list(freeObject('Values by the names of the columns.'), 'Rows.'),
      alternatives: TABLE_MEDIA.filter((media) => media !== 'application/json'),
      isConditional: true,
      headers: {
        link: 'The next rows, if `limit` left some out.',
        'x-total-count': 'Rows of the whole table; only with `limit`.',
      },
    },
    problems: ['invalid-selection', 'invalid-cursor', 'not-acceptable', 'too-many-streams'],
    handle: async ({ query, accepts, url }) => {
      const { limit, escape_formulas } = query;
      const offset = query.cursor === undefined ? (query.offset ?? 0) : offsetOf(query.cursor);
      const format = tableFormat(query.format, accepts);
      const stored = await storedTable(context, query);
      const etag = etagOf(stored.etag, format, String(escape_formulas), String(offset), String(limit));
      const table = stored.table.range({ offset, ...(limit !== undefined && { limit }) });
      const cut = limit === undefined ? {} : await cutHeaders(stored, offset + limit, url);
      return {
        headers: { ...tableHeaders(format, 'runs'), etag, ...cut },
        stream: (response) =>
          sendPieces(response, context.connections, () => tablePieces(table, format, escape_formulas)),
      };
    },
  });
}

/** Headers with the number of rows if some may be cut off, and the link to those from `next` on. */
async function cutHeaders(
  { table }: StoredTable,
  next: number,
  url: string,
): Promise<Readonly<Record<string, string>>> {
  const total = await table.count();
  const headers = { 'x-total-count': String(total) };
  return next >= total ? headers : { ...headers, link: nextLink(url, String(next)) };
}

/** @throws Refusal invalid-cursor */
function offsetOf(cursor: string): number {
  const key = cursorKey(cursor);
  if (/^\d{1,15}$/.test(key)) return Number(key);
  throw new Refusal('invalid-cursor', 'Use the cursor from the Link header of the previous rows');
}

function tablePage(context: ServiceContext): Operation {
  return operation({
    id: 'getTablePage',
    method: 'get',
    path: '/table/page',
    tag: TAG,
    summary: 'Some rows of a table, with its columns',
    description:
      'For views that show some of many rows: once the order is computed, the cost of a range depends only on its size.',
    query: {
      ...SELECTION_QUERY,
      ...COLUMN_QUERY,
      offset: OFFSET,
      limit: integer('Maximum of rows; `total` is the number of all rows.', {
        minimum: 1,
        maximum: 1000,
        default: 100,
      }),
    },
    success: { status: 200, description: 'The rows.', schema: ref(TABLE_PAGE) },
    problems: ['invalid-selection'],
    handle: async ({ query }) => {
      const stored = await storedTable(context, query);
      return { body: await pageOf(stored, query.offset ?? 0, query.limit ?? 100) };
    },
  });
}

async function pageOf(stored: StoredTable, offset: number, limit: number): Promise<WireTablePage> {
  const { table, available } = stored;
  const axes = await stored.axes();
  const rows: WireTablePage['rows'][number][] = [];
  for await (const row of table.range({ offset, limit }).rows()) rows.push(row);
  return {
    columns: table.columns.map(({ name, type }) => ({ name, type, is_axis: axes.has(name) })),
    total: await table.count(),
    offset,
    rows,
    available: available.slice(0, MOST_NAMES),
    available_total: available.length,
  };
}

async function storedTable(
  context: ServiceContext,
  query: SelectionQuery & ColumnQuery,
): Promise<StoredTable> {
  const shown = columnsOf(query);
  return context.tables.open({ selection: await askedSelection(context, query), shown });
}
