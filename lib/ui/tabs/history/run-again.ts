import type { GovernancePreset, HistoryDetail, RunStatus, StartRun } from '../../../service/wire/index.js';
import { ApiError, ask } from '../../api/client.js';

/**
 * Starts a run again. A name beyond that of the scenario is a run of its sweep, or else contains overrides;
 * the service does not distinguish them, so the sweep is tried first.
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

/** The overrides of a cell that can be requested again; undefined if it has others. */
function overridesOf(cell: unknown): StartRun['overrides'] | undefined {
  if (typeof cell !== 'object' || cell === null) return undefined;
  const {
    ticks,
    'metrics.enabled': metrics,
    'governance.governance_mode': mode,
    // Set by the base governance, which applies to the new run as well.
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
