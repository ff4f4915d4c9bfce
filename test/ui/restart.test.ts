import t from 'tap';
import { writeDocuments } from '../service/service-documents.js';
import { startService } from '../service/service-process.js';
import { temporary } from '../service/temporary.js';
import { launch, openPage, withoutBrowser } from './browser.js';
import { startRun, ticked } from './served-runs.js';

const skip = withoutBrowser();

void t.test('after a kill and a restart all parts of an open page agree', { skip }, async (inner) => {
  const { directory, atEnd } = temporary(inner);
  writeDocuments(directory);
  const first = await startService(directory);
  atEnd(() => first.kill());
  const id = await startRun(first, { scenario_id: 'endless' });
  await ticked(first, id, 500);
  const browser = await launch(inner);
  const open = async (at: string) => (await openPage(browser, first.url, { at })).page;
  const dashboard = await open('/dashboard');
  await dashboard.getByRole('img', { name: /^State of every node: 5 nodes, ticks 1 to \d{3,}/ }).waitFor();
  const others = {
    pillars: await open(`/pillars/umx?run=${id}`),
    history: await open('/history'),
    run: await open(`/history/run/${id}`),
    log: await open('/logs?scope=system'),
    governance: await open('/governance'),
  };
  await others.pillars.getByText(/^State of tick/).waitFor();
  await others.log.getByText(`Run ${id} of endless starts`).first().waitFor();
  await others.governance.getByText('In force now').waitFor();
  await first.kill();
  await dashboard.getByText('The service does not answer.').first().waitFor();
  await dashboard.getByText(/^What is shown is as of /).waitFor();
  const again = await startService(directory, ['--port', new URL(first.url).port]);
  atEnd(() => again.kill());
  const status = dashboard.getByRole('status', { name: 'State: fault' });
  await status.waitFor();
  const run = dashboard.getByRole('region', { name: 'Run', exact: true });
  const reason = await run.getByText(/service stopped at tick \d+/).textContent();
  const ticks = Number(/tick (\d+)/.exec(reason!)![1]).toLocaleString('en-GB');
  await run.getByText(`${ticks} of 200,000,000`, { exact: true }).waitFor();
  await run.getByText('fault', { exact: true }).waitFor();
  await dashboard.getByRole('img', { name: 'State of every node: no tick is recorded' }).waitFor();
  for (const page of [dashboard, ...Object.values(others)]) {
    await page.getByRole('status', { name: 'State: fault' }).waitFor();
    await page
      .getByText(/does not answer/)
      .first()
      .waitFor({ state: 'hidden' });
    inner.equal(
      await page.getByText(/does not answer|no tick yet|no envelopes yet|height 0/).count(),
      0,
      page.url(),
    );
  }
  await others.pillars.getByText('fault', { exact: true }).first().waitFor();
  inner.equal(await others.pillars.getByText(/^State of tick/).count(), 0, 'no live data remains');
  await others.history.getByRole('row', { name: /endless fault/ }).waitFor();
  await others.run
    .getByText(/service stopped at tick/)
    .first()
    .waitFor();
  await others.log.getByText(`Run ${id} was running when the service stopped`).first().waitFor();
  inner.equal(
    await others.log.getByText(`Run ${id} of endless starts`).count(),
    0,
    'the log is that of the new service',
  );
});

void t.test(
  'a restart of the service between two requests is detected, and typed text kept',
  { skip },
  async (inner) => {
    const { directory, atEnd } = temporary(inner);
    writeDocuments(directory);
    const service = await startService(directory);
    atEnd(() => service.kill());
    const { page } = await openPage(await launch(inner), service.url, { at: '/scenarios/quick' });
    const ticks = page.getByRole('group', { name: 'Core params' }).getByLabel('Ticks total');
    await ticks.fill('48');
    let asked = 0;
    page.on('request', (request) => {
      if (request.url().endsWith('/api/v1/scenarios/quick')) asked++;
    });
    await page.route('**/api/v1/state', async (route) => {
      const answer = await route.fetch();
      await route.fulfill({
        response: answer,
        json: { ...((await answer.json()) as object), boot_id: 'another' },
      });
    });
    await page.waitForRequest('**/api/v1/scenarios/quick');
    inner.ok(asked > 0, 'all data is requested again');
    inner.equal(await ticks.inputValue(), '48');
  },
);
