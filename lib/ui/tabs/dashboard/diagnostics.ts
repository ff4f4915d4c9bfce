import {
  useMutation,
  useQuery,
  useQueryClient,
  type UseMutationResult,
  type UseQueryResult,
} from '@tanstack/react-query';
import type { DiagnosticProfile, DiagnosticProfileInfo, DiagnosticRun } from '../../../service/wire/index.js';
import { ask } from '../../api/client.js';
import { STATE_KEY } from '../../api/live-state.js';

const KEY = ['diagnostics'] as const;
const WHILE_RUNNING_MS = 700;
const WHILE_IDLE_MS = 10_000;

/** Profiles of checks. */
export function useProfiles(): UseQueryResult<readonly DiagnosticProfileInfo[]> {
  return useQuery({
    queryKey: [...KEY, 'profiles'],
    queryFn: async ({ signal }) =>
      (await ask<readonly DiagnosticProfileInfo[]>('/diagnostics/profiles', { signal })).value,
    staleTime: Infinity,
  });
}

/** The latest diagnostics; null if there are none. Polled while they run. */
export function useLastDiagnostics(): UseQueryResult<DiagnosticRun | null> {
  return useQuery({
    queryKey: [...KEY, 'last'],
    queryFn: async ({ signal }) =>
      (await ask<readonly DiagnosticRun[]>('/diagnostics', { query: { limit: 1 }, signal })).value[0] ?? null,
    refetchInterval: ({ state }) => (isUnderWay(state.data) ? WHILE_RUNNING_MS : WHILE_IDLE_MS),
  });
}

export function isUnderWay(run: DiagnosticRun | null | undefined): boolean {
  return run?.state === 'PENDING' || run?.state === 'RUNNING';
}

/** Starts a profile; the service refuses it during an active run or other diagnostics. */
export function useStartDiagnostics(): UseMutationResult<DiagnosticRun, unknown, DiagnosticProfile> {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: async (profile: DiagnosticProfile) =>
      (await ask<DiagnosticRun>('/diagnostics', { method: 'POST', body: { profile } })).value,
    onSuccess: (run) => queries.setQueryData([...KEY, 'last'], run),
    onSettled: () => {
      void queries.invalidateQueries({ queryKey: [...KEY, 'last'] });
      void queries.invalidateQueries({ queryKey: STATE_KEY });
    },
  });
}
