import type { RunStatus, StartRun } from '../../lib/service/wire/index.js';
import { until } from '../service/api-client.js';

/** An object with the address of a service, such as an open page. */
interface Served {
  readonly url: string;
}

/** The answer of the service, for comparison with the page. */
export async function answerOf<T>(served: Served, path: string): Promise<T> {
  return (await ask(served, path)) as T;
}

/** Sends a request to the service without the page. */
export async function post(served: Served, path: string, body?: unknown): Promise<unknown> {
  const sent =
    body === undefined ? {} : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
  return ask(served, path, { method: 'POST', ...sent });
}

async function ask({ url }: Served, path: string, init?: RequestInit): Promise<unknown> {
  const answer = await fetch(`${url}/api/v1${path}`, init);
  if (!answer.ok) throw new Error(await answer.text());
  return answer.json();
}

/** Starts a run and returns its id; a paused one waits before its first tick. */
export async function startRun(served: Served, body: StartRun): Promise<string> {
  return ((await post(served, '/runs', body)) as RunStatus).run_id;
}

/** The same, and waits for its end. */
export async function finishedRun(served: Served, body: StartRun): Promise<string> {
  const id = await startRun(served, body);
  await over(served, id);
  return id;
}

/** Waits for the end of a run. */
export async function over(served: Served, id: string): Promise<void> {
  await until(
    () => answerOf<RunStatus>(served, `/runs/${id}`),
    ({ state }) => state !== 'running',
  );
}

/** Computes a number of ticks of a paused run. */
export async function stepRun(served: Served, id: string, ticks: number): Promise<void> {
  await post(served, `/runs/${id}/step`, { ticks });
}

/** Stops a run at its next tick. */
export async function stopRun(served: Served, id: string): Promise<RunStatus> {
  return (await post(served, `/runs/${id}/stop`)) as RunStatus;
}

/** Waits until a run has completed a number of ticks, or has ended. */
export async function ticked(served: Served, id: string, ticks: number): Promise<void> {
  await until(
    () => answerOf<RunStatus>(served, `/runs/${id}`),
    ({ ticks_completed, state }) => (ticks_completed ?? 0) >= ticks || state !== 'running',
    120_000,
  );
}
