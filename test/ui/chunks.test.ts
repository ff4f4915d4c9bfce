import type { Page } from 'playwright-core';
import t from 'tap';
import { openDashboard, withoutBrowser } from './browser.js';

const skip = withoutBrowser();

function tab(page: Page, name: string) {
  return page.getByRole('navigation', { name: 'Tabs' }).getByRole('link', { name });
}

const TABS = [
  {
    title: 'Scenario & Config',
    code: '**/assets/scenarios-tab-*.js',
    shows: 'Choose a scenario from the list',
  },
  { title: 'History & Exports', code: '**/assets/history-tab-*.js', shows: 'No runs yet' },
  { title: 'Logs & Console', code: '**/assets/logs-tab-*.js', shows: 'Log of' },
] as const;

for (const { title, code, shows } of TABS) {
  void t.test(
    `${title}: code that failed to load is loaded on demand, without a reload`,
    { skip },
    async (inner) => {
      const { page } = await openDashboard(inner);
      await page.evaluate('globalThis.isStillHere = true');
      let asked = 0;
      await page.route(code, (route) => (asked++ === 0 ? route.abort() : route.continue()));
      await tab(page, title).click();
      await page
        .getByRole('alert')
        .filter({ hasText: `“${title}” could not be loaded` })
        .waitFor();
      await page.getByRole('button', { name: 'Try again' }).click();
      await page.getByText(shows, { exact: true }).first().waitFor();
      inner.equal(asked, 2);
      inner.equal(await page.getByRole('alert').count(), 0);
      inner.ok(await page.evaluate('globalThis.isStillHere'), 'the page was not reloaded');
      await tab(page, 'Dashboard').click();
      await tab(page, title).click();
      await page.getByText(shows, { exact: true }).first().waitFor();
      inner.equal(asked, 2, 'the code is kept');
    },
  );
}

void t.test('missing code of another version of the service offers a reload', { skip }, async (inner) => {
  const { page, url } = await openDashboard(inner);
  await page.route('**/assets/history-tab-*.js', (route) => route.fulfill({ status: 404, body: '' }));
  await page.route(
    (to) => to.href === `${url}/`,
    async (route) => {
      const answer = await route.fetch();
      const body = (await answer.text()).replace(/index-[\w-]{8}\.js/, 'index-00000000.js');
      await route.fulfill({ response: answer, body });
    },
  );
  await tab(page, 'History & Exports').click();
  await page.getByText('The service is a new version').waitFor();
  inner.equal(await page.getByRole('button', { name: 'Try again' }).count(), 0, 'a retry has no effect');
  await page.unrouteAll();
  await page.getByRole('button', { name: 'Reload the page' }).click();
  await page.getByText('No runs yet').waitFor();
});

void t.test(
  'a missing chunk is requested again as long as the version is the same',
  { skip },
  async (inner) => {
    const { page, violations } = await openDashboard(inner, { width: 390, scheme: 'dark' });
    await page.route('**/assets/logs-tab-*.js', (route) => route.fulfill({ status: 404, body: '' }));
    await tab(page, 'Logs & Console').click();
    await page.getByRole('alert').filter({ hasText: 'could not be loaded' }).waitFor();
    inner.strictSame(await violations(), []);
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.getByRole('alert').filter({ hasText: 'could not be loaded' }).waitFor();
    await page.unrouteAll();
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.getByText('Log of', { exact: true }).waitFor();
  },
);
