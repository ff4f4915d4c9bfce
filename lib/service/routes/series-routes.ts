import { METRIC_NAMES, type SeriesQuery, type SeriesRun } from '../../inspect/series/index.js';
import { TABLE_FORMATS } from '../../inspect/table/index.js';
import type { SelectedRuns } from '../../inspect/selection/index.js';
import { etagOf, isKnown } from '../http/etag.js';
import { operation, type Operation } from '../http/operation.js';
import { Refusal } from '../refusal.js';
import { sendPieces } from '../http/send-pieces.js';
import type { ServiceContext } from '../service-context.js';
import { askedSelection } from '../tables/asked-selection.js';
import { TABLE_MEDIA, tableFormat, tableHeaders } from '../tables/table-format.js';
import { SELECTION_QUERY, words } from '../tables/table-query.js';
import { flag, freeObject, integer, list, oneOf } from '../../base/schema.js';

/** Maximum number of runs in one answer. */
const MOST_RUNS = 1000;

const TICK = { minimum: 1, maximum: Number.MAX_SAFE_INTEGER };

/** GET /series: values over ticks, of one run or of many. */
export function seriesRoutes(context: ServiceContext): Operation[] {
  return [
    operation({
      id: 'getSeries',
      method: 'get',
      path: '/series',
      tag: 'table',
      summary: 'Values over ticks of the selected runs',
      description: `The bytes that \`aether series\` writes of the same tree, json unless another format is requested. At most ${String(MOST_RUNS)} runs may be selected; values that a compact run does not store are computed again. All ticks are sent unless \`every\` or \`points\` thins them.`,
      query: {
        ...SELECTION_QUERY,
        metric: words(`Values of each tick: ${METRIC_NAMES.join(', ')}; separated by commas.`),
        from: integer('First tick.', TICK),
        to: integer('Last tick.', TICK),
        every: integer('Only every k-th tick.', TICK),
        points: integer('Approximate number of rows per run; minima and maxima are kept.', {
          ...TICK,
          minimum: 2,
        }),
        shape: oneOf(
          ['long', 'wide'],
          'long: one row per run and tick; wide: one column per run. Default: long for several runs.',
        ),
        format: oneOf(TABLE_FORMATS, 'Format of the answer, instead of that in Accept; json without either.'),
        escape_formulas: flag("csv and tsv: prefix texts that a spreadsheet would evaluate with '"),
      },
      success: {
        status: 200,
        description: 'One row for each tick.',
        schema: list(freeObject('Values by the names of the columns.'), 'Rows.'),
        alternatives: TABLE_MEDIA.filter((media) => media !== 'application/json'),
        isConditional: true,
      },
      problems: ['invalid-selection', 'not-acceptable', 'too-many-streams'],
      handle: async ({ query, accepts, raw }) => {
        const { metric = [], from, to, every, points, shape, escape_formulas } = query;
        const format = tableFormat(query.format, accepts);
        const { runs, etag } = await context.tables.select(await askedSelection(context, query));
        const asked: SeriesQuery = {
          metrics: metric,
          ...(from !== undefined && { from }),
          ...(to !== undefined && { to }),
          ...(every !== undefined && { every }),
          ...(points !== undefined && { points }),
          ...(shape !== undefined && { shape }),
        };
        const headers = {
          ...tableHeaders(format, 'series'),
          etag: etagOf(etag, format, String(escape_formulas), JSON.stringify(asked)),
        };
        // Nothing is read for a client that already has the answer.
        if (isKnown(raw.headers['if-none-match'], headers.etag)) return { headers, stream: () => undefined };
        const few = await fewRuns(runs);
        const pieces = await context.directory.series(few, { query: asked, format, escape_formulas });
        return { headers, stream: (response) => sendPieces(response, context.connections, () => pieces) };
      },
    }),
  ];
}

/** The selected runs. @throws Refusal invalid-selection */
async function fewRuns(runs: SelectedRuns): Promise<readonly SeriesRun[]> {
  if (!runs.isFiltered && runs.candidates > MOST_RUNS) throw tooMany();
  const held: SeriesRun[] = [];
  for await (const { name, run } of runs) {
    const { id, ticks_completed } = run;
    if (held.push({ name, run: { id, ticks_completed } }) > MOST_RUNS) throw tooMany();
  }
  return held;
}

function tooMany(): Refusal {
  return new Refusal(
    'invalid-selection',
    `More than ${String(MOST_RUNS)} runs are selected, the maximum of one answer; select fewer`,
  );
}
