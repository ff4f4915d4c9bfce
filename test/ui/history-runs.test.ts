import t from 'tap';
import type { HistoryEntry, OperatorState } from '../../lib/service/wire/index.js';
import { ApiClient, until } from '../service/api-client.js';
import { openDashboard, withoutBrowser } from './browser.js';
import { openMany } from './many-runs.js';
import { finishedRun, startRun } from './served-runs.js';

const skip = withoutBrowser();

/** An instant in the form of a field for local times. */
function local(instant: number): string {
  return new Date(instant - new Date(instant).getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}

void t.test(
  'thousands of runs are filtered and sorted, with few rows in the page',
  { skip },
  async (inner) => {
    const { page, complaints } = await openMany(inner, { at: '/history' });
    const shows = (text: string) => page.getByText(text, { exact: true }).waitFor();
    await shows('2,500 of 2,500 runs');
    const table = page.getByRole('table', { name: 'Runs' });
    inner.equal(await table.getAttribute('aria-rowcount'), '2501');
    inner.ok((await table.getByRole('row').count()) < 80, 'only visible rows are in the page');
    await page.getByLabel('Text').pressSequentially('BENCH-17');
    await shows('50 of 2,500 runs');
    await page.waitForURL(/text=BENCH-17/);
    await page.reload();
    await shows('50 of 2,500 runs');
    inner.equal(await page.getByLabel('Text').inputValue(), 'BENCH-17', 'the URL contains the filter');
    await page.getByRole('button', { name: 'Clear filters' }).click();
    await shows('2,500 of 2,500 runs');
    await page.getByLabel('Result').selectOption('fault');
    await shows('250 of 2,500 runs');
    await page.getByLabel('Scenario').selectOption('bench-10');
    await shows('50 of 2,500 runs');
    await page.getByLabel('Scenario').selectOption('bench-11');
    await shows('0 of 2,500 runs; none matches the filter');
    await page.getByRole('button', { name: 'Clear filters' }).click();
    await page.getByLabel('Started since').fill(local(Date.UTC(2025, 0, 1, 0, 40)));
    await shows('100 of 2,500 runs');
    await page.getByRole('button', { name: 'Clear filters' }).click();
    const first = table.getByRole('row').nth(1).getByRole('link');
    await page.getByRole('button', { name: 'Run', exact: true }).click();
    await table
      .getByRole('columnheader', { name: 'Run', exact: true })
      .and(page.locator('[aria-sort=ascending]'))
      .waitFor();
    inner.equal(await first.textContent(), 'bench-0');
    await page.getByRole('button', { name: 'Run', exact: true }).click();
    await table.getByRole('link', { name: 'bench-9', exact: true }).first().waitFor();
    inner.equal(await first.textContent(), 'bench-9');
    inner.match(page.url(), /sort=-name/);
    await page.getByRole('region', { name: 'List of runs' }).focus();
    await page.keyboard.press('End');
    await table.getByRole('link', { name: 'bench-0', exact: true }).first().waitFor();
    inner.ok((await table.getByRole('row').count()) < 80, 'also at the other end');
    inner.strictSame(complaints, []);
  },
);

void t.test(
  'a run published by others appears in the list, and arrow keys move the selection',
  { skip },
  async (inner) => {
    const { page, service, complaints } = await openMany(inner, { at: '/history' });
    await page.getByText('2,500 of 2,500 runs', { exact: true }).waitFor();
    await finishedRun(service.service, { scenario_id: 'quick' });
    await page.getByText('2,501 of 2,501 runs', { exact: true }).waitFor();
    await page.getByRole('link', { name: 'quick', exact: true }).focus();
    await page.keyboard.press('ArrowDown');
    inner.equal(await page.evaluate('document.activeElement.textContent'), 'bench-49');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 2, name: 'bench-49' }).waitFor();
    inner.match(page.url(), /#\/history\/run\/20250101004139000-0000002499$/);
    inner.strictSame(complaints, []);
  },
);

void t.test(
  'a run opens beside the list with its numbers, archives, and a repeat',
  { skip },
  async (inner) => {
    const { page, service, complaints, violations } = await openDashboard(inner, {
      at: '/history?result=completed',
    });
    await page.getByText('No runs yet').waitFor();
    const api = await ApiClient.open(service.service.url);
    const run_id = await finishedRun(api, { scenario_id: 'quick', overrides: { ticks_total: 32 } });
    await page.getByRole('link', { name: 'quick[ticks=32]' }).click();
    const card = page.getByRole('region', { name: 'quick[ticks=32]' });
    await card.getByText('32 of 32').waitFor();
    await card.getByText(run_id).waitFor();
    await card.getByRole('region', { name: 'Metrics' }).getByText('window_count').waitFor();
    await card
      .getByRole('region', { name: 'Digests' })
      .getByText(/^[0-9a-f]{64}$/)
      .first()
      .waitFor();
    await card.getByRole('region', { name: 'Table of artefacts' }).getByText('umx_ledger').waitFor();
    inner.equal(
      await card.getByRole('link', { name: 'Pillars' }).getAttribute('href'),
      `#/pillars/umx?run=${run_id}`,
    );
    inner.equal(await card.getByRole('link', { name: 'Logs' }).getAttribute('href'), `#/logs?run=${run_id}`);
    inner.strictSame(await violations(), []);
    for (const format of ['zip', 'tar']) {
      const download = page.waitForEvent('download');
      await card.getByRole('link', { name: `Export ${format}` }).click();
      inner.equal((await download).suggestedFilename(), `${run_id}.${format}`);
      inner.equal(await (await download).failure(), null);
    }
    await card.getByRole('button', { name: 'Run again' }).click();
    await page.getByRole('heading', { level: 1, name: 'Dashboard' }).waitFor();
    const { run } = await until(
      async () => (await api.get<OperatorState>('/state')).body,
      (state) => state.run?.state === 'completed',
    );
    inner.match(run, { name: 'quick[ticks=32]', ticks_total: 32 });
    inner.not(run?.run_id, run_id, 'another run of the same scenario');
    await page.goBack();
    await page.getByRole('link', { name: 'Close' }).focus();
    await page.keyboard.press('Enter');
    await page.getByText('2 of 2 runs', { exact: true }).waitFor();
    inner.match(page.url(), /#\/history\?result=completed$/, 'the filter is kept');
    inner.equal(
      await page.evaluate('document.activeElement.textContent'),
      'quick[ticks=32]',
      'the focus is kept',
    );
    inner.strictSame(complaints, []);
  },
);

void t.test('an impossible action is reported, and the list is kept', { skip }, async (inner) => {
  const { page, service, complaints } = await openDashboard(inner, { at: '/history/run/20250101-gone' });
  await page.getByRole('alert').getByText('There is no run 20250101-gone').waitFor();
  const api = await ApiClient.open(service.service.url);
  await finishedRun(api, { scenario_id: 'sweep', cell: 'sweep[ticks=16]' });
  await startRun(api, { scenario_id: 'endless' });
  await page.getByRole('link', { name: 'sweep[ticks=16]' }).click();
  await page.getByRole('button', { name: 'Run again' }).click();
  await page.getByRole('alert').waitFor();
  inner.match(page.url(), /#\/history\/run\//, 'the page is kept');
  await page.getByRole('button', { name: 'Dismiss' }).click();
  await page.getByRole('alert').waitFor({ state: 'detached' });
  inner.equal((await api.get<HistoryEntry[]>('/history')).body.length, 1);
  await page.route('**/api/v1/history?*', (route) => route.abort());
  const unreachable = page.getByRole('alert').getByText(/^The service does not answer/);
  await unreachable.waitFor();
  inner.ok(await page.getByRole('link', { name: 'sweep[ticks=16]' }).isVisible(), 'known runs are kept');
  await page.unroute('**/api/v1/history?*');
  await page.getByRole('button', { name: 'Try again' }).click();
  await unreachable.waitFor({ state: 'detached' });
  inner.strictSame(complaints, []);
});
