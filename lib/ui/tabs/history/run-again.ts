import type { GovernancePreset, HistoryDetail, RunStatus, StartRun } from '../../../service/wire/index.js';
import { ApiError, ask } from '../../api/client.js';

/**
 * Starts what a run was started from. A name beyond that of the scenario is a run of its sweep, or else shows what was
 * overridden; the service names no way to tell the two apart, so that the sweep is tried first.
 */
export async function runAgain({ run, record }: HistoryDetail): Promise<RunStatus> {
  const { scenario_id, name } = run;
  if (name === scenario_id) return start({ scenario_id });
  try {
    return await start({ scenario_id, cell: name });
  } catch (error) {
    const overrides = overridesOf(record?.['cell']);
    if (!(error instanceof ApiError) || error.code !== 'unknown-scenario' || overrides === undefined)
      throw error;
    return start({ scenario_id, overrides });
  }
}

async function start(body: StartRun): Promise<RunStatus> {
  return (await ask<RunStatus>('/runs', { method: 'POST', body })).value;
}

/** What of a cell can be asked for again; undefined when it holds something else. */
function overridesOf(cell: unknown): StartRun['overrides'] | undefined {
  if (typeof cell !== 'object' || cell === null) return undefined;
  const {
    ticks,
    'metrics.enabled': metrics,
    'governance.governance_mode': mode,
    // Comes from the base governance, which holds for the new run as well.
    'governance.budget_policies': _base,
    ...others
  } = cell as Readonly<Record<string, unknown>>;
  if (Object.keys(others).length > 0) return undefined;
  return {
    ...(typeof ticks === 'number' ? { ticks_total: ticks } : {}),
    ...(typeof metrics === 'boolean' ? { metrics_enabled: metrics } : {}),
    ...(typeof mode === 'string' ? { governance_preset: mode as GovernancePreset } : {}),
  };
}
