import { until } from '../service/api-client.js';
import type { OpenPage } from './browser.js';

type Served = Pick<OpenPage, 'url'>;

/** Starts a run of a scenario and returns its id; a paused one waits before its first tick. */
export async function startRun({ url }: Served, scenario_id: string, paused = false): Promise<string> {
  const response = await fetch(`${url}/api/v1/runs`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ scenario_id, paused }),
  });
  return ((await response.json()) as { run_id: string }).run_id;
}

/** The same, waiting for its end. */
export async function finishedRun(served: Served, scenario_id: string): Promise<string> {
  const id = await startRun(served, scenario_id);
  await until(
    () => answerOf<{ state: string }>(served, `/runs/${id}`),
    ({ state }) => state !== 'running',
  );
  return id;
}

/** Lets a paused run compute some ticks. */
export async function stepRun({ url }: Served, id: string, ticks: number): Promise<void> {
  await fetch(`${url}/api/v1/runs/${id}/step`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ ticks }),
  });
}

/** Ends a run at its next tick. */
export async function stopRun({ url }: Served, id: string): Promise<void> {
  await fetch(`${url}/api/v1/runs/${id}/stop`, { method: 'POST' });
}

/** What the service answers; the page is held against it. */
export async function answerOf<T>({ url }: Served, path: string): Promise<T> {
  return (await (await fetch(`${url}/api/v1${path}`)).json()) as T;
}
