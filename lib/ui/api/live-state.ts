import { useQuery, type UseQueryResult } from '@tanstack/react-query';
import type { OperatorState, RunStatus } from '../../service/wire/index.js';
import { ask } from './client.js';

const WHILE_RUNNING_MS = 500;
const WHILE_IDLE_MS = 3000;

export const STATE_KEY = ['state'] as const;

/** What the operator sees at a glance, asked for again as long as the page is looked at. */
export function useOperatorState(): UseQueryResult<OperatorState> {
  return useQuery({
    queryKey: STATE_KEY,
    queryFn: async ({ signal }) => (await ask<OperatorState>('/state', { signal })).value,
    refetchInterval: ({ state }) =>
      state.data !== undefined && isActive(state.data.run) ? WHILE_RUNNING_MS : WHILE_IDLE_MS,
  });
}

export function isActive(run: RunStatus | null | undefined): boolean {
  return run?.state === 'running';
}
