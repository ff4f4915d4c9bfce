import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import t, { type Test } from 'tap';
import { dashboardFiles } from '../../lib/service/index.js';
import { openService, workerExecutor } from '../service/service-in-process.js';
import { BUILT, launch, withoutBrowser } from './browser.js';

const skip = withoutBrowser();
const TOKEN = 'a-token-of-some-length';

/** A page of a service with a token; the browser answers its challenge with a password. */
async function openWithPassword(
  inner: Test,
  password: string,
): Promise<{ page: Page; url: string; status: number }> {
  const { service } = await openService(inner, async ({ atEnd }) => {
    const executor = await workerExecutor();
    atEnd(() => executor.close());
    return { executor, dashboard: dashboardFiles(BUILT), token: TOKEN };
  });
  const browser = await launch(inner);
  const page = await browser.newPage({ httpCredentials: { username: 'operator', password } });
  const answer = await page.goto(`${service.url}/#/scenarios/quick`);
  return { page, url: service.url, status: answer!.status() };
}

void t.test('a browser logs in with the token, and the whole page works', { skip }, async (inner) => {
  const { page, url, status } = await openWithPassword(inner, TOKEN);
  inner.equal(status, 200);
  await page
    .getByRole('button', { name: /activate/i })
    .first()
    .click();
  await page.goto(`${url}/#/scenarios/chatty`);
  await page
    .getByRole('button', { name: /activate/i })
    .first()
    .click();
  await page.goto(`${url}/#/dashboard`);
  await page.getByRole('button', { name: 'Start', exact: true }).click();
  await page.getByRole('img', { name: /^State of every node: 5 nodes, ticks 1 to \d{3,},/ }).waitFor();
  const { run } = (await page.evaluate("fetch('/api/v1/state').then((answer) => answer.json())")) as {
    run: { run_id: string };
  };
  await page.goto(`${url}/#/logs`);
  await page.getByRole('status', { name: 'Log: live' }).waitFor();
  await page.getByText(/^[1-9][\d,]* of [\d,]+ entries shown$/).waitFor();
  const first = await page.evaluate((id) => {
    interface Socket {
      onmessage: (event: { data: string }) => void;
      onerror: () => void;
      close(): void;
    }
    const { WebSocket, location } = globalThis as unknown as {
      WebSocket: new (url: string) => Socket;
      location: { host: string };
    };
    const socket = new WebSocket(`ws://${location.host}/api/v1/runs/${id}/logs/stream`);
    return new Promise<string>((resolve) => {
      socket.onmessage = ({ data }) => {
        socket.close();
        resolve(data);
      };
      socket.onerror = () => {
        resolve('refused');
      };
    });
  }, run.run_id);
  inner.match(first, /"event_type"/, 'a WebSocket is accepted as well');
  await page.goto(`${url}/#/dashboard`);
  await page.getByRole('button', { name: 'Stop', exact: true }).click();
  await page.getByRole('status', { name: 'State: cancelled' }).waitFor();
  await page.goto(`${url}/#/history/run/${run.run_id}`);
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: 'Export zip' }).click(),
  ]);
  const bytes = await readFile(await download.path());
  inner.equal(bytes.subarray(0, 2).toString(), 'PK', 'archives are downloaded');
});

void t.test('without the token no data is shown', { skip }, async (inner) => {
  const { page, status } = await openWithPassword(inner, 'another-token-of-length');
  inner.equal(status, 401);
  inner.equal(await page.getByRole('navigation').count(), 0);
});
