import { queryOptions, useQuery, type UseQueryResult } from '@tanstack/react-query';
import type { OperatorState, RunStatus } from '../../service/wire/index.js';
import { ask } from './client.js';

const WHILE_RUNNING_MS = 500;
const WHILE_IDLE_MS = 3000;

export const STATE_KEY = ['state'] as const;

const STATE = queryOptions({
  queryKey: STATE_KEY,
  queryFn: async ({ signal }) => (await ask<OperatorState>('/state', { signal })).value,
});

/** Time of the last answer of the service, in milliseconds since the Unix epoch; requests nothing itself. */
export function useLastAnswer(): number {
  return useQuery({ ...STATE, enabled: false }).dataUpdatedAt;
}

/** The summary for the operator, polled while the page is visible. */
export function useOperatorState(): UseQueryResult<OperatorState> {
  return useQuery({
    ...STATE,
    refetchInterval: ({ state }) =>
      state.data !== undefined && isActive(state.data.run) ? WHILE_RUNNING_MS : WHILE_IDLE_MS,
  });
}

function isActive(run: RunStatus | null | undefined): boolean {
  return run?.state === 'running';
}
