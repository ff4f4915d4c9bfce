import { keepPreviousData, useQueries, useQuery, type UseQueryResult } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { WireTablePage, WireValue } from '../../../service/wire/index.js';
import { ask, type Query } from '../../api/client.js';

/** Rows per page. */
const PAGE = 100;

const TABLE_KEY = 'table';

/** Some rows of a table. */
export async function tablePage(query: Query, signal?: AbortSignal): Promise<WireTablePage> {
  return (await ask<WireTablePage>('/table/page', { query, signal })).value;
}

/**
 * The columns and the number of rows of a table, with its first rows; the previous table stays while another
 * is loading.
 */
export function useTable(query: Query): UseQueryResult<WireTablePage> {
  return useQuery({
    queryKey: [TABLE_KEY, query, 0],
    queryFn: ({ signal }) => tablePage({ ...query, offset: 0, limit: PAGE }, signal),
    placeholderData: keepPreviousData,
  });
}

export interface ShownRows {
  /** The row at an index; undefined while it is loading. */
  readonly row: (index: number) => readonly WireValue[] | undefined;
  readonly error: unknown;
}

/** Rows of a table from `first` to before `last`, page by page. */
export function useTableRows(query: Query, first: number, last: number): ShownRows {
  const pages = useMemo(() => {
    const [from, to] = [Math.floor(first / PAGE), Math.max(0, Math.floor((last - 1) / PAGE))];
    return Array.from({ length: to - from + 1 }, (_, n) => from + n);
  }, [first, last]);
  const answers = useQueries({
    queries: pages.map((page) => ({
      queryKey: [TABLE_KEY, query, page],
      queryFn: ({ signal }: { readonly signal: AbortSignal }) =>
        tablePage({ ...query, offset: page * PAGE, limit: PAGE }, signal),
    })),
  });
  return {
    row: (index) => answers[pages.indexOf(Math.floor(index / PAGE))]?.data?.rows[index % PAGE],
    error: answers.find(({ error }) => error !== null)?.error ?? null,
  };
}
