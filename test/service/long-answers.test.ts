import t from 'tap';
import type { RunStatus, Series } from '../../lib/service/wire/index.js';
import { ApiClient, until } from './api-client.js';
import { writeDocuments } from './service-documents.js';
import { startService } from './service-process.js';
import { temporary } from './temporary.js';

const TICKS = 150_000;

void t.test('other requests are answered while records of a compact run are derived', async (inner) => {
  const { directory, atEnd } = temporary(inner);
  writeDocuments(directory);
  const service = await startService(directory, []);
  atEnd(() => service.kill());
  const api = await ApiClient.open(service.url);
  const { run_id } = (await api.post<RunStatus>('/runs', { scenario_id: 'endless' })).body;
  const status = async (): Promise<RunStatus> => (await api.get<RunStatus>(`/runs/${run_id}`)).body;
  await until(status, ({ ticks_completed }) => (ticks_completed ?? 0) >= TICKS);
  await api.post(`/runs/${run_id}/stop`);
  await until(status, ({ state }) => state === 'cancelled');
  let isDone = false;
  const series = api.get<Series>(`/runs/${run_id}/series?metric=sum_u&points=20&from=1`).finally(() => {
    isDone = true;
  });
  let answered = 0;
  while (!isDone) {
    await api.get('/state');
    if (!isDone) answered++;
  }
  inner.equal((await series).status, 200);
  const { ticks } = (await series).body;
  inner.ok(ticks.length <= 20 && ticks[0] === 1, 'both ends, and at most the requested number of points');
  // A service that computes without yielding answers one request before, and all others after.
  inner.ok(answered >= 3, `${String(answered)} answers meanwhile`);
});
