import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { BatchDetail, HistoryEntry } from '../../../service/wire/index.js';
import { ask } from '../../api/client.js';
import { batchKey } from './batch-keys.js';
import { filteredRuns, filterOf } from './run-filter.js';
import { orderOf, sortedRuns } from './run-order.js';

/**
 * The entries that pass the filter, in the order of the address.
 *
 * @param text the typed text; the address follows with a delay
 */
export function useShownRuns(
  entries: readonly HistoryEntry[],
  search: string,
  text: string,
): { readonly shown: readonly HistoryEntry[]; readonly error: unknown; readonly isUnknown: boolean } {
  const batch = new URLSearchParams(search).get('batch');
  const { data, error } = useQuery({
    queryKey: batchKey(batch ?? ''),
    queryFn: async ({ signal }) =>
      (await ask<BatchDetail>(`/batches/${encodeURIComponent(batch!)}`, { signal })).value,
    enabled: batch !== null,
  });
  const shown = useMemo(() => {
    const words = new URLSearchParams(search);
    const among = batch === null ? undefined : new Set(data?.runs.flatMap(({ run_id }) => run_id ?? []));
    return sortedRuns(filteredRuns(entries, { ...filterOf(words), text }, among), orderOf(words));
  }, [entries, search, text, batch, data]);
  return { shown, error, isUnknown: batch !== null && data === undefined };
}
