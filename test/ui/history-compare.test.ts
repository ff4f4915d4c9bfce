import t from 'tap';
import { openDashboard, overhang, withoutBrowser } from './browser.js';
import { finishedRun } from './served-runs.js';
import { openLarge } from './thinning-documents.js';

const skip = withoutBrowser();

void t.test('two picked runs are compared up to their first difference', { skip }, async (inner) => {
  const { page, service, complaints, violations } = await openDashboard(inner, { at: '/history' });
  const a = await finishedRun(service.service, { scenario_id: 'quick' });
  const b = await finishedRun(service.service, { scenario_id: 'quick', overrides: { ticks_total: 32 } });
  const c = await finishedRun(service.service, { scenario_id: 'quick' });
  const compare = page.getByRole('button', { name: 'Compare' });
  const pick = (id: string) => page.getByRole('checkbox', { name: `Pick ${id}` });
  await pick(a).check();
  inner.ok(await compare.isDisabled(), 'one run is not enough');
  await pick(b).check();
  await page.getByText('2 picked').waitFor();
  inner.ok(await compare.isEnabled());
  await pick(c).check();
  await page.getByText('3 picked').waitFor();
  inner.ok(await compare.isDisabled(), 'three runs are too many');
  await pick(c).uncheck();
  await page.getByText('2 picked').waitFor();
  await compare.click();
  await page.getByText(/^The runs differ first at tick 25 in umx_ledger/).waitFor();
  const first = page.getByRole('region', { name: 'First divergence' });
  inner.match(await first.textContent(), /Tick25.*Artefactumx_ledger.*Value in Aabsent.*Value in B\{/);
  const inputs = page.getByRole('table', { name: 'Differences of the inputs' });
  await inputs.getByRole('row', { name: 'run/ticks 24 32' }).waitFor();
  await page.getByRole('img', { name: /^Total \|flux\|, ticks 1 to 32; at the end A –, B / }).waitFor();
  await page.getByText('First difference at tick 25.').waitFor();
  await page.getByLabel('Metric').selectOption({ label: 'Sum of the state' });
  await page.getByRole('img', { name: 'Sum of the state, ticks 1 to 32; at the end A –, B 50' }).waitFor();
  await page.waitForURL(/metric=sum_u/);
  inner.strictSame(await violations(), []);
  await page.getByLabel('Run B').selectOption(c);
  await page.getByText('The runs have the same results.').waitFor();
  await page.getByText('The runs are equal at every tick.').waitFor();
  await page.waitForURL(new RegExp(`a=${a}&metric=sum_u&b=${c}|a=${a}&b=${c}`));
  inner.strictSame(complaints, []);
});

void t.test('runs are selected by URL, and an unknown one is named', { skip }, async (inner) => {
  const { page, service, complaints, violations } = await openDashboard(inner, {
    at: '/history/compare',
    width: 390,
    scheme: 'dark',
  });
  await page.getByText('Choose two runs').waitFor();
  const a = await finishedRun(service.service, { scenario_id: 'quick' });
  const b = await finishedRun(service.service, { scenario_id: 'governed' });
  await page.goto(`${service.service.url}/#/history/compare?a=${a}&b=nobody`);
  await page.getByRole('alert').filter({ hasText: 'There is no run nobody' }).first().waitFor();
  await page.getByLabel('Run B').selectOption(b);
  await page.getByRole('region', { name: 'First divergence' }).waitFor();
  await page.getByRole('img', { name: /at the end A \d/ }).waitFor();
  inner.equal(await overhang(page), 0, 'no horizontal overflow');
  inner.strictSame(await violations(), []);
  await page.getByRole('button', { name: 'Swap' }).click();
  await page.waitForURL(new RegExp(`a=${b}&b=${a}`));
  inner.strictSame(complaints, []);
});

void t.test('neither loading nor a failure is shown as a result', { skip }, async (inner) => {
  const { page, service } = await openDashboard(inner);
  const { url } = service.service;
  const a = await finishedRun(service.service, { scenario_id: 'quick' });
  const b = await finishedRun(service.service, { scenario_id: 'quick', overrides: { ticks_total: 32 } });
  let fail = (): void => undefined;
  const isHeld = new Promise<void>((resolve) => (fail = resolve));
  await page.route('**/api/v1/compare?**', async (route) => {
    await isHeld;
    await route.fulfill({
      status: 500,
      contentType: 'application/problem+json',
      body: '{"detail":"It broke"}',
    });
  });
  await page.goto(`${url}/#/history/compare?a=${a}&b=${b}`);
  await page.getByText('Searching for the first difference.').waitFor();
  await page.getByRole('img', { name: /^Total \|flux\|, ticks 1 to 32/ }).waitFor();
  const result = page.getByText(
    /The runs are equal at every tick|First difference at|The documents of both runs are the same/,
  );
  inner.equal(await result.count(), 0, 'no result is shown while the answer is pending');
  fail();
  await page.getByRole('alert').filter({ hasText: 'It broke' }).waitFor();
  await page.getByText('The first difference is unknown.').waitFor();
  inner.equal(await result.count(), 0, 'no result is shown without an answer');
  await page.unroute('**/api/v1/compare?**');
  await page.getByRole('button', { name: 'Try again' }).first().click();
  await page.getByText('First difference at tick 25.').waitFor();
});

void t.test('a chart of other runs or metrics is never shown under a new title', { skip }, async (inner) => {
  const { page, service } = await openDashboard(inner);
  const { url } = service.service;
  const a = await finishedRun(service.service, { scenario_id: 'quick' });
  const b = await finishedRun(service.service, { scenario_id: 'quick', overrides: { ticks_total: 32 } });
  await page.goto(`${url}/#/history/compare?a=${a}&b=${b}`);
  await page.getByRole('img', { name: /^Total \|flux\|, ticks 1 to 32/ }).waitFor();
  let answer = (): void => undefined;
  const isHeld = new Promise<void>((resolve) => (answer = resolve));
  await page.route('**/series?metric=max_abs_u**', async (route) => {
    await isHeld;
    await route.continue();
  });
  await page.getByLabel('Metric').selectOption({ label: 'Greatest |u|' });
  await page.getByRole('status', { name: 'Loading the series' }).waitFor();
  inner.equal(await page.getByRole('img', { name: /ticks 1 to 32/ }).count(), 0);
  answer();
  await page.getByRole('img', { name: /^Greatest \|u\|, ticks 1 to 32/ }).waitFor();
});

void t.test('a truncated list of differences has a note', { skip }, async (inner) => {
  const opened = await openLarge(inner);
  const { page, url } = opened;
  const a = await finishedRun(opened, { scenario_id: 'large', overrides: { ticks_total: 8 } });
  const b = await finishedRun(opened, { scenario_id: 'other' });
  await page.goto(`${url}/#/history/compare?a=${a}&b=${b}`);
  await page.getByText(/; their inputs differ in at least 20\d fields\.$/).waitFor();
  await page
    .getByText(/^These are the first 20\d differences of at least 20\d; at most 100 of each document/)
    .waitFor();
  await page.getByText('The first 100 of at least 101 differing fields of this record').waitFor();
});
