import type { Query } from '../../api/client.js';

/** Parameters of the address that select runs. */
export const SELECTION_WORDS = ['scenario', 'batch', 'state', 'where', 'all'] as const;

/** The selection in the address, as parameters of the service. */
export function selectionQuery(words: URLSearchParams): Query {
  return {
    scenario: words.getAll('scenario'),
    batch: words.get('batch') ?? undefined,
    state: words.getAll('state'),
    where: conditionsOf(words.get('where') ?? ''),
    all_executions: words.has('all') ? true : undefined,
  };
}

/** Conditions are separated by semicolons, which no column name contains. */
function conditionsOf(text: string): readonly string[] {
  return text
    .split(';')
    .map((condition) => condition.trim())
    .filter((condition) => condition !== '');
}

/** Column that identifies a row; requested even if it is not shown. */
export const ID = 'id';

/** The query of the table, as parameters of the service. */
export function tableQuery(words: URLSearchParams): Query {
  const columns = words.getAll('column');
  const isWithId = columns.length === 0 || columns.includes(ID);
  return {
    ...selectionQuery(words),
    columns: isWithId ? columns : [...columns, ID],
    sort: words.get('sort') ?? undefined,
  };
}

export interface SweepOrder {
  readonly by: string | null;
  readonly falls: boolean;
}

export function orderOf(words: URLSearchParams): SweepOrder {
  const word = words.get('sort');
  return word === null || word === ''
    ? { by: null, falls: false }
    : { by: word.replace(/^-/, ''), falls: word.startsWith('-') };
}

/** The sort parameter after a click on a column: ascending, then descending, then the default. */
export function nextOrder({ by, falls }: SweepOrder, column: string): string {
  if (by !== column) return column;
  return falls ? '' : `-${column}`;
}
