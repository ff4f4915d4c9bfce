import { useQuery, type UseQueryResult } from '@tanstack/react-query';
import type { RunStatus } from '../../../service/wire/index.js';
import { allPages } from '../../api/all-pages.js';
import { ApiError, ask, type Ask } from '../../api/client.js';

/** Polling interval of a live run, or one that is being published. */
const AGAIN_MS = 1000;
/** Views are dropped soon after use: scrubbing visits thousands. */
const KEPT_MS = 60_000;

export interface RecordQuery {
  readonly query?: Ask['query'];
  /** False while the answer is not needed. */
  readonly enabled?: boolean;
  /** Shows the last answer about the same run until the new one arrives. */
  readonly keep?: boolean;
  /** Records of finished runs never change; data of live runs is polled. */
  readonly live?: boolean;
}

/** A whole list of records of a run, over all pages. */
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

/** Data below `/runs/{run_id}`; superseded requests are cancelled. */
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

/** The records of the run are not available yet. */
export function isUnfinished(error: unknown): boolean {
  return error instanceof ApiError && error.code === 'run-not-finished';
}

/** The service knows the run, but its store does not: publishing failed. */
export function isUnknown(error: unknown): boolean {
  return error instanceof ApiError && error.code === 'unknown-run';
}

export function isNotRecorded(error: unknown): boolean {
  return error instanceof ApiError && error.code === 'unknown-record';
}
