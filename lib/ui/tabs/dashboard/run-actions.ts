import { useMutation, useQueryClient, type UseMutationResult } from '@tanstack/react-query';
import type { OperatorState, RunStatus } from '../../../service/wire/index.js';
import { ask } from '../../api/client.js';
import { STATE_KEY } from '../../api/live-state.js';

/** An action on a run, with the body of its request. */
export type RunAction =
  | { readonly verb: 'start'; readonly scenario_id: string; readonly paused: boolean }
  | { readonly verb: 'step'; readonly ticks: number }
  | { readonly verb: 'pause' | 'resume' | 'stop' };

export type RunVerb = RunAction['verb'];
export type RunActions = UseMutationResult<RunStatus, unknown, RunAction>;

/** The actions that the state of a run allows. */
export function allowedVerbs(run: RunStatus | null): readonly RunVerb[] {
  if (run?.state !== 'running') return ['start'];
  return run.paused ? ['step', 'resume', 'stop'] : ['pause', 'stop'];
}

/**
 * Acts on the displayed run. The answer is the new status, which is shown at once; the rest of the state is
 * fetched again.
 */
export function useRunActions(run: RunStatus | null): RunActions {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (action: RunAction) => request(run, action),
    onSuccess: (status) => {
      queries.setQueryData<OperatorState>(STATE_KEY, (state) => state && { ...state, run: status });
    },
    // Not awaited: the answer is shown even if the state cannot be read.
    onSettled: () => void queries.invalidateQueries({ queryKey: STATE_KEY }),
  });
}

async function request(run: RunStatus | null, action: RunAction): Promise<RunStatus> {
  if (action.verb === 'start') {
    const { scenario_id, paused } = action;
    return (await ask<RunStatus>('/runs', { method: 'POST', body: { scenario_id, paused } })).value;
  }
  const path = `/runs/${encodeURIComponent(run?.run_id ?? '')}/${action.verb}`;
  const body = action.verb === 'step' ? { body: { ticks: action.ticks } } : {};
  return (await ask<RunStatus>(path, { method: 'POST', ...body })).value;
}
