import { readFileSync } from 'node:fs';
import t from 'tap';
import { openDashboard, overhang, withoutBrowser } from './browser.js';
import { list, look, says } from './logs-page.js';
import { startRun } from './served-runs.js';

const skip = withoutBrowser();

void t.test(
  'entries are filtered by event, level and text, and the filter is part of the URL',
  { skip },
  async (inner) => {
    const opened = await openDashboard(inner, { at: '/logs' });
    const { page, complaints } = opened;
    await page.getByText('No run yet').waitFor();
    const run_id = await startRun(opened, { scenario_id: 'quick' });
    await page.getByRole('status', { name: 'Log: ended' }).waitFor();
    await says(page, '29 of 29 entries shown');

    await page.getByLabel('Event', { exact: true }).selectOption('window_closed');
    await says(page, '3 of 29 entries shown');
    await page.getByLabel('Text').fill('tick 16');
    await says(page, '1 of 29 entries shown');
    await list(page).getByRole('option').click();
    await page.getByRole('region', { name: 'Payload' }).getByText('"tick": 16').waitFor();
    await page.waitForURL(/event=window_closed&text=tick\+16&entry=\d+$/);

    await look(page, `/logs?run=${run_id}&${page.url().split('?')[1]!}`);
    await page.reload();
    await says(page, '1 of 3 entries shown');
    inner.equal(await page.getByLabel('Text').inputValue(), 'tick 16');
    await page.getByRole('region', { name: 'Payload' }).getByText('"tick": 16').waitFor();
    await page.getByLabel('Event', { exact: true }).selectOption('');
    await says(page, '2 of 29 entries shown');

    await page.getByLabel('Lowest level').selectOption('ERROR');
    await page.getByText('No entry matches').waitFor();
    inner.strictSame(complaints, []);
  },
);

void t.test('arrow keys move the selection through the entries', { skip }, async (inner) => {
  const opened = await openDashboard(inner, { at: '/scenarios' });
  const { page } = opened;
  const run_id = await startRun(opened, { scenario_id: 'quick' });
  await look(page, `/logs?run=${run_id}`);
  await says(page, '29 of 29 entries shown');
  await list(page).focus();
  await page.keyboard.press('Home');
  const selected = list(page).getByRole('option', { selected: true });
  await selected.getByText('run_start').waitFor();
  await page.keyboard.press('ArrowDown');
  await selected.getByText('Tick 1 complete').waitFor();
  inner.equal(await list(page).getAttribute('aria-activedescendant'), await selected.getAttribute('id'));
  await page.keyboard.press('End');
  await selected.getByText('run_end').waitFor();
  await page.keyboard.press('PageUp');
  await page.keyboard.press('ArrowUp');
  inner.match(await selected.textContent(), /complete|closed/);
});

void t.test('the log of the service can be chosen', { skip }, async (inner) => {
  const opened = await openDashboard(inner, { at: '/logs' });
  const { page } = opened;
  await page.getByRole('radio', { name: 'the service' }).check();
  await list(page).getByRole('option').first().waitFor();
  await page.waitForURL(/scope=system/);
  await startRun(opened, { scenario_id: 'quick' });
  await list(page)
    .getByText(/quick|Run .* starts|started/i)
    .first()
    .waitFor();
});

void t.test('the log is requested again after a restart of the service', { skip }, async (inner) => {
  const { page } = await openDashboard(inner, { at: '/logs?scope=system' });
  await list(page).getByRole('option').first().waitFor();
  await page.route('**/api/v1/logs?*', (route) => route.abort());
  await page.getByRole('alert').getByText('The service does not answer').waitFor();
  inner.ok((await list(page).getByRole('option').count()) > 0, 'read entries are kept');
  await page.unroute('**/api/v1/logs?*');
  await page.getByRole('status', { name: 'Log: live' }).waitFor();
  await list(page).getByText('The service listens').waitFor();
  inner.equal(await list(page).getByText('The service listens').count(), 1, 'no entry is repeated');
});

void t.test('an unknown run is named, and another one can be chosen', { skip }, async (inner) => {
  const opened = await openDashboard(inner, { at: '/scenarios' });
  const { page } = opened;
  await startRun(opened, { scenario_id: 'quick' });
  await look(page, '/logs?run=no-such-run');
  await page.getByRole('alert').getByText('There is no run no-such-run').waitFor();
  await page.getByLabel('Run', { exact: true }).selectOption({ label: 'current run: quick' });
  await says(page, '29 of 29 entries shown');
  inner.equal(await page.getByRole('alert').count(), 0);
});

void t.test('loaded entries are exported as JSON lines', { skip }, async (inner) => {
  const opened = await openDashboard(inner, { at: '/scenarios' });
  const { page } = opened;
  const run_id = await startRun(opened, { scenario_id: 'quick' });
  await look(page, `/logs?run=${run_id}`);
  await says(page, '29 of 29 entries shown');
  const coming = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Download' }).click();
  const file = await coming;
  inner.equal(file.suggestedFilename(), `aether-${run_id}.log.jsonl`);
  const lines = readFileSync(await file.path(), 'utf8')
    .trimEnd()
    .split('\n');
  const types = lines.map((line) => (JSON.parse(line) as { event_type: string }).event_type);
  inner.equal(types.length, 29);
  inner.equal(types.at(-1), 'run_end');
});

void t.test('the log fits 390 pixels, light and dark', { skip }, async (inner) => {
  const opened = await openDashboard(inner, { at: '/scenarios', width: 390 });
  const { page, complaints, violations } = opened;
  await startRun(opened, { scenario_id: 'faulty' });
  await look(page, '/logs');
  await page.getByRole('status', { name: 'Log: ended' }).waitFor();
  await list(page).getByRole('option').last().click();
  await page.getByRole('region', { name: 'Payload' }).waitFor();
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    inner.equal(await overhang(page), 0, `${colorScheme}: no horizontal overflow`);
    inner.strictSame(await violations(), [], colorScheme);
  }
  inner.strictSame(complaints, []);
});
