import t from 'tap';
import { openDashboard, overhang, withoutBrowser } from './browser.js';
import { finishedRun } from './served-runs.js';

const skip = withoutBrowser();

void t.test('two picked runs are compared to their first difference', { skip }, async (inner) => {
  const { page, service, complaints, violations } = await openDashboard(inner, { at: '/history' });
  const a = await finishedRun(service.service, { scenario_id: 'quick' });
  const b = await finishedRun(service.service, { scenario_id: 'quick', overrides: { ticks_total: 32 } });
  const c = await finishedRun(service.service, { scenario_id: 'quick' });
  const compare = page.getByRole('button', { name: 'Compare' });
  const pick = (id: string) => page.getByRole('checkbox', { name: `Pick ${id}` });
  await pick(a).check();
  inner.ok(await compare.isDisabled(), 'one is not enough');
  await pick(b).check();
  await page.getByText('2 picked').waitFor();
  inner.ok(await compare.isEnabled());
  await pick(c).check();
  await page.getByText('3 picked').waitFor();
  inner.ok(await compare.isDisabled(), 'three are too many');
  await pick(c).uncheck();
  await page.getByText('2 picked').waitFor();
  await compare.click();
  await page.getByText(/^The runs part at tick 25 in umx_ledger/).waitFor();
  const first = page.getByRole('region', { name: 'First divergence' });
  inner.match(await first.textContent(), /Tick25.*Artefactumx_ledger.*Value in Aabsent.*Value in B\{/);
  const inputs = page.getByRole('table', { name: 'Differences of the inputs' });
  await inputs.getByRole('row', { name: 'run/ticks 24 32' }).waitFor();
  await page.getByRole('img', { name: /^Total \|flux\|, ticks 1 to 32; at the end A –, B / }).waitFor();
  await page.getByText('They part at tick 25.').waitFor();
  await page.getByLabel('Metric').selectOption({ label: 'Sum of the state' });
  await page.getByRole('img', { name: 'Sum of the state, ticks 1 to 32; at the end A –, B 50' }).waitFor();
  await page.waitForURL(/metric=sum_u/);
  inner.strictSame(await violations(), []);
  await page.getByLabel('Run B').selectOption(c);
  await page.getByText('The runs have the same results.').waitFor();
  await page.getByText('No tick tells the runs apart.').waitFor();
  await page.waitForURL(new RegExp(`a=${a}&metric=sum_u&b=${c}|a=${a}&b=${c}`));
  inner.strictSame(complaints, []);
});

void t.test(
  'runs are chosen by their address, and one that is not there is named',
  { skip },
  async (inner) => {
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
    inner.equal(await overhang(page), 0, 'nothing sticks out');
    inner.strictSame(await violations(), []);
    await page.getByRole('button', { name: 'Swap' }).click();
    await page.waitForURL(new RegExp(`a=${b}&b=${a}`));
    inner.strictSame(complaints, []);
  },
);
