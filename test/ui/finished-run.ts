import type { RunStatus, StartRun } from '../../lib/service/wire/index.js';
import { until, type ApiClient } from '../service/api-client.js';

/** Runs a scenario to its end; what tests of past runs begin with. */
export async function finishedRun(api: ApiClient, body: StartRun): Promise<RunStatus> {
  const { run_id } = (await api.post<RunStatus>('/runs', body)).body;
  return until(
    async () => (await api.get<RunStatus>(`/runs/${run_id}`)).body,
    ({ state }) => state !== 'running',
  );
}
