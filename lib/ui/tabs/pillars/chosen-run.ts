import { useQuery } from '@tanstack/react-query';
import type { HistoryEntry, PillarStatus, RunStatus } from '../../../service/wire/index.js';
import { ask } from '../../api/client.js';
import { useOperatorState } from '../../api/live-state.js';

const RECENT = 20;
const AGAIN_MS = 1000;

export interface ChosenRun {
  /** Undefined while it is loading, or if there is none. */
  readonly run: RunStatus | undefined;
  /** The run started last; null if the service has started none. */
  readonly current: RunStatus | null;
  readonly recent: readonly HistoryEntry[];
  /** Cards of the state, if the chosen run is the current one. */
  readonly cards: readonly PillarStatus[] | undefined;
  readonly isPending: boolean;
  readonly error: unknown;
  readonly retry: () => void;
}

/** The run in the address; without one the current run, or else the newest of the history. */
export function useChosenRun(named: string | null): ChosenRun {
  const state = useOperatorState();
  const current = state.data?.run ?? null;
  const recent = useRecentRuns(current);
  const id = named ?? current?.run_id ?? recent.data?.[0]?.run_id;
  const known = [current, ...(state.data?.active_runs ?? [])].find((run) => run?.run_id === id) ?? undefined;
  const asked = useQuery({
    queryKey: ['run-status', id],
    queryFn: async ({ signal }) =>
      (await ask<RunStatus>(`/runs/${encodeURIComponent(id ?? '')}`, { signal })).value,
    enabled: state.data !== undefined && id !== undefined && known === undefined,
    refetchInterval: ({ state: { data } }) => (data?.state === 'running' ? AGAIN_MS : false),
  });
  const run = known ?? asked.data;
  const error = run === undefined ? (state.error ?? (id === undefined ? recent.error : asked.error)) : null;
  return {
    run,
    current,
    recent: recent.data ?? [],
    cards: run !== undefined && run.run_id === current?.run_id ? state.data?.pillars : undefined,
    isPending:
      run === undefined && error === null && (id !== undefined || state.isPending || recent.isPending),
    error,
    retry: () => {
      void Promise.all([state.refetch(), recent.refetch(), ...(id === undefined ? [] : [asked.refetch()])]);
    },
  };
}

/** The newest runs of the history; refetched when a run starts or ends. */
function useRecentRuns(current: RunStatus | null) {
  return useQuery({
    queryKey: ['recent-runs', current?.run_id, current?.state],
    queryFn: async ({ signal }) =>
      (await ask<readonly HistoryEntry[]>('/history', { query: { limit: RECENT }, signal })).value,
    placeholderData: (before) => before,
  });
}
