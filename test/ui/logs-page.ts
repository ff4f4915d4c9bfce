import type { Page } from 'playwright-core';
import type { RunStatus } from '../../lib/service/wire/index.js';
import type { OpenPage } from './browser.js';

export async function post({ url }: OpenPage, path: string, body?: unknown): Promise<RunStatus> {
  const answer = await fetch(`${url}${path}`, {
    method: 'POST',
    ...(body === undefined
      ? {}
      : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
  });
  if (!answer.ok) throw new Error(await answer.text());
  return (await answer.json()) as RunStatus;
}

/** Waits until a run has done so many ticks, or is over. */
export async function ticked({ url }: OpenPage, id: string, ticks: number): Promise<void> {
  for (;;) {
    const run = (await (await fetch(`${url}/runs/${id}`)).json()) as RunStatus;
    if ((run.ticks_completed ?? 0) >= ticks || run.state !== 'running') return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

export function list(page: Page) {
  return page.getByRole('listbox');
}

/** Waits for what the line above the list says. */
export function says(page: Page, text: string | RegExp): Promise<void> {
  return page.getByText(text).waitFor();
}

export function look(page: Page, hash: string): Promise<unknown> {
  return page.goto(`${new URL(page.url()).origin}/#${hash}`);
}
