import { useQuery, useQueryClient, type QueryClient, type UseQueryResult } from '@tanstack/react-query';
import type { HistoryEntry } from '../../../service/wire/index.js';
import { ask } from '../../api/client.js';
import { allPages } from '../../api/all-pages.js';

export const HISTORY_KEY = ['history'] as const;

const REFRESH_MS = 3000;
/** Entries asked for when only news are of interest. */
const HEAD = 200;
/** Runs that others removed from the tree are noticed after this time. */
const WHOLE_AGAIN_MS = 300_000;

/** The past runs, newest first. */
export interface HistoryFeed {
  readonly entries: readonly HistoryEntry[];
  /** False while older ones are still on their way. */
  readonly isWhole: boolean;
  /** When the whole list was read last. */
  readonly wholeAt: number;
}

/** All past runs. The first page is shown at once and the rest comes in behind; later only what is new is asked for. */
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

/** What is known with the newest entries put in front; undefined when the gap between the two cannot be told. */
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
