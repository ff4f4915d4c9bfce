import { AGGREGATIONS, type Aggregation, type TableQuery } from '../../inspect/table/index.js';
import type { Selection } from '../../inspect/selection/index.js';
import { RUN_STATES, type RunState } from '../../store/record-types.js';
import { parseSince, SINCE_FORM } from '../../store/since.js';
import { Refusal } from '../refusal.js';
import { flag, list, text, type InferOptional } from '../../base/schema.js';

/** A parameter that may be repeated. */
export const words = (description: string) =>
  list(text('An entry.', { minLength: 1, maxLength: 500 }), `${description} May be given several times.`, {
    maxItems: 200,
  });

/** Query parameters that select runs: the options of `aether table` under the same names. */
export const SELECTION_QUERY = {
  selector: words('Run ids or unique prefixes, run names, globs over them, scenario ids, or latest.'),
  scenario: words('Only runs of this scenario.'),
  batch: text('Only the runs of this batch: its id, a unique prefix, or latest.', { maxLength: 128 }),
  manifest: words('Only the runs in the current plan of this loaded manifest, given by name or file.'),
  tag: words('Only the runs of scenarios with this tag in the loaded manifests.'),
  state: words(`Only runs in these states: ${RUN_STATES.join(', ')}; separated by commas.`),
  since: text(
    'Only runs that started since a time: an age such as 7d, counted from the full minute, or a date.',
    {
      maxLength: 40,
    },
  ),
  where: words('Only runs that meet this condition, such as ticks>=32; several must all be met.'),
  all_executions: flag('Every execution, not only the current run of each name.'),
};
export type SelectionQuery = InferOptional<typeof SELECTION_QUERY>;

/** Query parameters that select the columns of a table. */
export const COLUMN_QUERY = {
  columns: words(
    'Columns and globs over them, separated by commas; by default the columns that vary, and the results.',
  ),
  sort: words('Columns to sort by; - before a name sorts in descending order.'),
  group_by: words('One row for each combination of the values of these columns.'),
  agg: words(`Aggregations of each column in a group: ${AGGREGATIONS.join(', ')}; count by default.`),
};
export type ColumnQuery = InferOptional<typeof COLUMN_QUERY>;

const MINUTE_MS = 60_000;

/**
 * The selection of a request, without manifests and tags.
 *
 * @param now milliseconds since the epoch
 * @throws Refusal invalid-request
 */
export function selectionOf(query: SelectionQuery, now: number): Selection {
  const { selector, scenario, batch, where, since, all_executions = false } = query;
  const states = vocabulary<RunState>('state', query.state, RUN_STATES);
  // Pages of one table are requested at several moments.
  const moment = since === undefined ? undefined : parseSince(since, now - (now % MINUTE_MS));
  if (since !== undefined && moment === undefined) throw wrong('since', `must be ${SINCE_FORM}`);
  return {
    ...(selector !== undefined && { selectors: selector }),
    ...(scenario !== undefined && { scenarios: scenario }),
    ...(batch !== undefined && { batch }),
    ...(states !== undefined && { states }),
    ...(moment !== undefined && { since: moment }),
    ...(where !== undefined && { where }),
    all_executions,
  };
}

/** @throws Refusal invalid-request */
export function columnsOf({ columns, sort, group_by, agg }: ColumnQuery): TableQuery {
  const aggregations = vocabulary<Aggregation>('agg', agg, AGGREGATIONS);
  return {
    ...(columns !== undefined && { columns }),
    ...(sort !== undefined && { sort }),
    ...(group_by !== undefined && { group_by }),
    ...(aggregations !== undefined && { agg: aggregations }),
  };
}

function vocabulary<T extends string>(
  name: string,
  given: readonly string[] | undefined,
  known: readonly T[],
): readonly T[] | undefined {
  return given
    ?.flatMap((text) => text.split(','))
    .map((word) => {
      const found = known.find((one) => one === word.trim());
      if (found !== undefined) return found;
      throw wrong(name, `must be one of ${known.join(', ')}, got ${JSON.stringify(word)}`);
    });
}

function wrong(pointer: string, detail: string): Refusal {
  return new Refusal('invalid-request', `A parameter is wrong: ${pointer} ${detail}`, {
    errors: [{ pointer, detail }],
  });
}
