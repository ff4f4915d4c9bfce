import { useQuery, type UseQueryResult } from '@tanstack/react-query';
import type { RunStatus } from '../../../service/wire/index.js';
import { allPages } from '../../api/all-pages.js';
import { ApiError, ask, type Ask } from '../../api/client.js';

/** How often a live run, or one that is just being published, is asked for again. */
const AGAIN_MS = 1000;
/** Views that are no longer looked at are forgotten soon: scrubbing visits thousands. */
const KEPT_MS = 60_000;

export interface RecordQuery {
  readonly query?: Ask['query'];
  /** False while the answer is not wanted. */
  readonly enabled?: boolean;
  /** Shows the last answer about the same run until the new one is there. */
  readonly keep?: boolean;
  /** Records of finished runs never change; what also exists of live runs is asked for again. */
  readonly live?: boolean;
}

/** A whole list of records of a run, however many pages it takes. */
export function useAllRecords<T>(run: RunStatus, path: string): UseQueryResult<readonly T[]> {
  return useQuery({
    queryKey: ['run-record', run.run_id, 'over', path, 'all'],
    queryFn: ({ signal }) => allPages<T>(`/runs/${encodeURIComponent(run.run_id)}${path}`, { signal }),
    enabled: !isLive(run),
    staleTime: Infinity,
    gcTime: KEPT_MS,
    refetchInterval: ({ state }) => (isUnfinished(state.error) ? AGAIN_MS : false),
  });
}

/** Something below `/runs/{run_id}`; superseded requests are cancelled. */
export function useRunRecord<T>(
  run: RunStatus,
  path: string,
  { query = {}, enabled = true, keep = false, live = false }: RecordQuery = {},
): UseQueryResult<T> {
  return useQuery({
    queryKey: ['run-record', run.run_id, live ? run.state : 'over', path, query],
    queryFn: async ({ signal }) =>
      (await ask<T>(`/runs/${encodeURIComponent(run.run_id)}${path}`, { query, signal })).value,
    enabled: enabled && (live || !isLive(run)),
    staleTime: live && isLive(run) ? 0 : Infinity,
    gcTime: KEPT_MS,
    refetchInterval: ({ state }) => ((live && isLive(run)) || isUnfinished(state.error) ? AGAIN_MS : false),
    ...(keep
      ? {
          placeholderData: (before: T | undefined, asked?: { readonly queryKey: readonly unknown[] }) =>
            asked?.queryKey[1] === run.run_id ? (before as never) : undefined,
        }
      : {}),
  });
}

export function isLive(run: RunStatus): boolean {
  return run.state === 'running';
}

/** The run's records are not there yet, but will be. */
export function isUnfinished(error: unknown): boolean {
  return error instanceof ApiError && error.code === 'run-not-finished';
}

/** The service saw the run, but its store has none of it: publishing failed. */
export function isUnknown(error: unknown): boolean {
  return error instanceof ApiError && error.code === 'unknown-run';
}

export function isNotRecorded(error: unknown): boolean {
  return error instanceof ApiError && error.code === 'unknown-record';
}
