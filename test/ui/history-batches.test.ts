import t from 'tap';
import type { BatchDetail, BatchSummaryEntry } from '../../lib/service/wire/index.js';
import { ApiClient } from '../service/api-client.js';
import { workerExecutor } from '../service/service-in-process.js';
import { openDashboard, overhang, withoutBrowser } from './browser.js';
import { finishedRun } from './served-runs.js';

const skip = withoutBrowser();
const service = { startBatchExecutor: () => workerExecutor(2) };

void t.test('a batch is selected, previewed with reasons, started and followed', { skip }, async (inner) => {
  const opened = await openDashboard(inner, { at: '/history/batches', service });
  const { page, complaints, violations } = opened;
  const api = await ApiClient.open(opened.service.service.url);
  await finishedRun(api, { scenario_id: 'quick' });
  await page.getByText('No batches yet').waitFor();
  await page.getByText('All 6 scenarios').waitFor();
  await page.getByRole('checkbox', { name: /^quick/ }).check();
  await page.getByRole('checkbox', { name: /^sweep/ }).check();
  await page.getByText('2 of 6 scenarios').waitFor();
  await page.getByRole('button', { name: 'Preview plan' }).click();
  const preview = page.getByRole('region', { name: 'Plan preview' });
  await preview.getByText('3 runs: 2 to execute, 1 already in the store. No run has been started.').waitFor();
  await preview.getByRole('row', { name: /^quick cached The store has its result/ }).waitFor();
  await preview.getByRole('row', { name: /^sweep\[ticks=16\] waiting Never run before/ }).waitFor();
  inner.strictSame((await api.get<BatchSummaryEntry[]>('/batches')).body, [], 'a preview starts no batch');
  await page.getByRole('checkbox', { name: /^Execute every run/ }).check();
  await preview.waitFor({ state: 'detached' });
  inner.strictSame(await violations(), []);
  await page.getByRole('button', { name: 'Start batch' }).click();
  await page.waitForURL(/#\/history\/batches\/[^/?]+$/);
  const card = page.getByRole('region', { name: /^Batch 2/ });
  await card.getByText('3 of 3 done, 0 cached, 0 failed').waitFor();
  await card.getByRole('status').getByText('completed').waitFor();
  await card.getByRole('row', { name: /^quick completed Forced 24 \/ 24/ }).waitFor();
  const list = page.getByRole('region', { name: 'Batches', exact: true });
  await list.getByRole('listitem').getByText('completed').waitFor();
  await list.getByText('3 of 3 done, 0 cached, 0 failed').waitFor();
  await card.getByRole('link', { name: 'Compare with the previous batch' }).click();
  await card.getByText('No earlier batch of the same documents is recorded.').waitFor();
  const [first] = (await api.get<BatchSummaryEntry[]>('/batches')).body;
  const record = (await opened.service.store.batch(first!.batch_id))!;
  const [one, ...others] = record.outcomes;
  const later = {
    ...record,
    id: `${record.id.slice(0, -1)}z`,
    outcomes: [{ ...one!, name: 'added' }, ...others],
  };
  await opened.service.store.putBatch(later);
  await page.goto(`${opened.service.service.url}/#/history/batches/${later.id}?changes`);
  const changes = page.getByRole('region', { name: 'Changes since the previous batch' });
  await changes.getByText(/: 1 gone, 1 added, 2 same/).waitFor();
  await changes.getByRole('row', { name: /^added added/ }).waitFor();
  inner.strictSame(await violations(), []);
  await page.goBack();
  await card.getByRole('link', { name: 'Its runs' }).click();
  await page.getByText(/^3 of 4 runs, only of batch /).waitFor();
  await page.getByRole('link', { name: 'sweep[ticks=8]' }).click();
  await page.getByRole('region', { name: 'sweep[ticks=8]' }).getByText('8 of 8').waitFor();
  inner.strictSame(complaints, []);
});

void t.test('a running batch is shown and stopped', { skip }, async (inner) => {
  const opened = await openDashboard(inner, {
    at: '/history/batches?scenario=endless&scenario=quick',
    width: 390,
    scheme: 'dark',
    service,
  });
  const { page, complaints, violations } = opened;
  await page.getByText('2 of 6 scenarios').waitFor();
  await page.getByRole('button', { name: 'Start batch' }).click();
  const card = page.getByRole('region', { name: /^Batch 2/ });
  await card.getByText('1 of 2 done, 0 cached, 0 failed').waitFor();
  await card.getByRole('row', { name: /^endless running Never run before [1-9]/ }).waitFor();
  inner.equal(await card.getByRole('progressbar').getAttribute('value'), '0.5');
  inner.equal(await overhang(page), 0, 'no horizontal overflow');
  inner.strictSame(await violations(), []);
  await page.goto(`${opened.service.service.url}/#/history/batches?scenario=quick`);
  await page.getByRole('button', { name: 'Start batch' }).click();
  await page.getByRole('alert').waitFor();
  await page.goBack();
  await card.getByRole('button', { name: 'Stop batch' }).click();
  await card.getByRole('status').getByText('cancelled').waitFor();
  await card.getByRole('row', { name: /^endless cancelled/ }).waitFor();
  inner.ok(await card.getByRole('button', { name: 'Stop batch' }).isDisabled());
  const api = await ApiClient.open(opened.service.service.url);
  const [batch] = (await api.get<BatchSummaryEntry[]>('/batches')).body;
  inner.equal((await api.get<BatchDetail>(`/batches/${batch!.batch_id}`)).body.state, 'cancelled');
  inner.strictSame(complaints, []);
});
