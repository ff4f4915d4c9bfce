import { useQuery, useQueryClient, type QueryClient, type UseQueryResult } from '@tanstack/react-query';
import type { HistoryEntry } from '../../../service/wire/index.js';
import { ask } from '../../api/client.js';
import { allPages } from '../../api/all-pages.js';

export const HISTORY_KEY = ['history'] as const;

const REFRESH_MS = 3000;
/** Number of entries fetched to find new ones. */
const HEAD = 200;
/** Interval of full reloads, which detect removed runs. */
const WHOLE_AGAIN_MS = 300_000;

/** The past runs, newest first. */
export interface HistoryFeed {
  readonly entries: readonly HistoryEntry[];
  /** False while older runs are loading. */
  readonly isWhole: boolean;
  /** Time of the last full load. */
  readonly wholeAt: number;
}

/**
 * All past runs. The first page is shown at once and the rest is loaded in the background; later only new
 * runs are fetched.
 */
export function useHistoryFeed(): UseQueryResult<HistoryFeed> {
  const client = useQueryClient();
  return useQuery({
    queryKey: HISTORY_KEY,
    queryFn: ({ signal }) => refresh(client, signal),
    refetchInterval: REFRESH_MS,
    structuralSharing: false,
    gcTime: WHOLE_AGAIN_MS,
  });
}

async function refresh(client: QueryClient, signal: AbortSignal): Promise<HistoryFeed> {
  const known = client.getQueryData<HistoryFeed>(HISTORY_KEY);
  const isFresh = known?.isWhole === true && performance.now() - known.wholeAt < WHOLE_AGAIN_MS;
  const newer = isFresh ? await withNews(known, signal) : undefined;
  return newer ?? readWhole(client, { isFirst: known?.isWhole !== true, signal });
}

async function readWhole(
  client: QueryClient,
  { isFirst, signal }: { readonly isFirst: boolean; readonly signal: AbortSignal },
): Promise<HistoryFeed> {
  const show = (entries: readonly HistoryEntry[]): void => {
    client.setQueryData<HistoryFeed>(HISTORY_KEY, { entries, isWhole: false, wholeAt: 0 });
  };
  const entries = await allPages<HistoryEntry>('/history', { signal, ...(isFirst ? { onPage: show } : {}) });
  return { entries, isWhole: true, wholeAt: performance.now() };
}

/** The known runs with the newest ones added in front; undefined if there is a gap between them. */
async function withNews(known: HistoryFeed, signal: AbortSignal): Promise<HistoryFeed | undefined> {
  const { value: head, next } = await ask<readonly HistoryEntry[]>('/history', {
    query: { limit: HEAD },
    signal,
  });
  if (head.every(({ run_id }, index) => known.entries[index]?.run_id === run_id)) {
    return next === undefined && known.entries.length > head.length ? { ...known, entries: head } : known;
  }
  const oldest = head.at(-1)?.run_id;
  if (next === undefined || oldest === undefined) return { ...known, entries: head };
  const at = known.entries.findIndex(({ run_id }) => run_id === oldest);
  return at < 0 ? undefined : { ...known, entries: [...head, ...known.entries.slice(at + 1)] };
}
