import type { Page } from 'playwright-core';
import t from 'tap';
import type { BatchDetail, HistoryEntry } from '../../lib/service/wire/index.js';
import { until } from '../service/api-client.js';
import { MANIFEST, writeDocuments } from '../service/service-documents.js';
import { openDashboard, withoutBrowser, type OpenPage, type PageOptions } from './browser.js';
import { openMany } from './many-runs.js';
import { answerOf, finishedRun, post } from './served-runs.js';

const skip = withoutBrowser();

/** A scenario that faults unexpectedly, and one that completes although a fault is expected. */
const WRONG = `
  - id: broken
    run:
      run_id: broken
      ticks: 8
      initial_state: [1000, 0, 0, 0, 0]
      windows: { every: 8, apx_name: BROKEN }
      diagnostics: { overflow_limit: 10, kill_on_violation: true }

  - id: too-good
    expect: { fault: DIAGNOSTICS_VIOLATION }
    run:
      run_id: too-good
      ticks: 8
      windows: { every: 8, apx_name: GOOD }
`;

const write: PageOptions['write'] = (directory) => {
  writeDocuments(directory, MANIFEST + WRONG);
};

async function finishedBatch(opened: OpenPage, scenarios: readonly string[]): Promise<BatchDetail> {
  const { batch_id } = (await post(opened, '/batches', { scenarios, force: true })) as BatchDetail;
  return until(
    () => answerOf<BatchDetail>(opened, `/batches/${batch_id}`),
    ({ ended_at }) => ended_at !== null,
  );
}

/** Everything on the page that is marked as a fault or an error. */
function red(page: Page) {
  return page.locator(
    '[data-state=fault], [data-state=failed], [data-state=error], .notice-error, .history-bad, .pillars-fault',
  );
}

void t.test('an expected fault is never shown as an error', { skip }, async (inner) => {
  const opened = await openDashboard(inner, { write });
  const { page, url, violations } = opened;
  const id = await finishedRun(opened, { scenario_id: 'faulty' });
  const batch = await finishedBatch(opened, ['faulty', 'quick']);
  inner.strictSame([batch.state, batch.failed], ['completed', 0]);
  const places = {
    '/dashboard': 'Faulted as its scenario expects:',
    '/pillars/umx': 'fault as expected',
    '/history': 'fault as expected',
    [`/history/run/${id}`]: 'fault as expected',
    [`/history/batches/${batch.batch_id}`]: 'faulted as expected',
    '/history/compare': `faulty · `,
    '/logs?scope=system': 'ended: fault as expected',
  };
  for (const [at, says] of Object.entries(places)) {
    await page.goto(`${url}/#${at}`);
    await page.getByRole('status', { name: 'State: fault as expected' }).waitFor();
    await page.getByText(says).first().waitFor({ state: 'attached' });
    inner.equal(await red(page).count(), 0, at);
  }
  await page.goto(`${url}/#/history`);
  await page.getByText('fault as expected').first().waitFor();
  inner.strictSame(await violations(), []);
});

void t.test('an unexpected end is distinguished from an expected one', { skip }, async (inner) => {
  const opened = await openDashboard(inner, { write, width: 390, scheme: 'dark' });
  const { page, url, violations } = opened;
  await finishedRun(opened, { scenario_id: 'faulty' });
  const good = await finishedRun(opened, { scenario_id: 'too-good' });
  const broken = await finishedRun(opened, { scenario_id: 'broken' });
  const entries = await answerOf<readonly HistoryEntry[]>(opened, '/history');
  inner.strictSame(
    entries.map(({ scenario_id, expected }) => [scenario_id, expected]),
    [
      ['broken', false],
      ['too-good', false],
      ['faulty', true],
    ],
  );
  await page.getByRole('status', { name: 'State: fault', exact: true }).waitFor();
  await page.locator('.notice-error').getByText('DIAGNOSTICS_VIOLATION').waitFor();
  await page.goto(`${url}/#/history/run/${broken}`);
  await page.getByText('fault', { exact: true }).first().waitFor();
  await page.goto(`${url}/#/history/run/${good}`);
  await page.getByText('completed, not as expected').first().waitFor();
  inner.strictSame(await violations(), []);
  const batch = await finishedBatch(opened, ['faulty', 'broken']);
  inner.strictSame([batch.state, batch.failed, batch.verdict?.ok], ['failed', 1, false]);
  await page.goto(`${url}/#/history/batches/${batch.batch_id}`);
  await page.getByText('not ok', { exact: true }).waitFor();
  await page.getByRole('row', { name: /^broken faulted / }).waitFor();
  await page.getByRole('row', { name: /^faulty faulted as expected/ }).waitFor();
  await page.getByText('2 of 2 done, 0 cached, 1 failed, 1 faulted as expected').first().waitFor();
  inner.ok((await red(page).count()) > 0);
});

void t.test('records of older versions are shown without an expectation', { skip }, async (inner) => {
  const { page } = await openMany(inner, { at: '/history?result=fault' });
  await page.getByText('fault, not judged').first().waitFor();
  inner.equal(await page.locator('[data-state=fault]').count(), 0);
});
