import type { Locator, Page } from 'playwright-core';
import t from 'tap';
import type { OperatorState } from '../../lib/service/wire/index.js';
import { openDashboard, overhang, withoutBrowser } from './browser.js';
import { answerOf, stopRun } from './served-runs.js';

const skip = withoutBrowser();

function lines(page: Page): Locator {
  return page.getByRole('list', { name: 'Scenarios' }).getByRole('listitem');
}

function state(url: string): Promise<OperatorState> {
  return answerOf({ url }, '/state');
}

void t.test(
  'the list is searched by text and tag, and the search is part of the URL',
  { skip },
  async (inner) => {
    const { page, complaints } = await openDashboard(inner, { at: '/scenarios' });
    await page.getByText('Choose a scenario from the list').waitFor();
    await page.getByText('6 of 6').waitFor();
    inner.equal(await lines(page).count(), 6);
    await page
      .getByRole('searchbox', { name: 'Search scenarios' })
      .pressSequentially('RING few', { delay: 5 });
    await page.getByText('1 of 6').waitFor();
    inner.match(await lines(page).allTextContents(), [/Quick ring/]);
    await page.getByRole('link', { name: /Quick ring/ }).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 2, name: 'Quick ring' }).waitFor();
    inner.equal(new URL(page.url()).hash, '#/scenarios/quick?q=RING+few');
    await page.reload();
    await page.getByText('1 of 6').waitFor();
    inner.equal(await page.getByRole('searchbox').inputValue(), 'RING few');
    await page.getByRole('searchbox').fill('');
    await page.getByRole('combobox', { name: 'Tag' }).selectOption('long');
    await page.getByText('2 of 6').waitFor();
    await page.getByRole('searchbox').fill('nothing like it');
    await page.getByRole('button', { name: 'Clear the filters' }).click();
    await page.getByText('6 of 6').waitFor();
    inner.strictSame(complaints, []);
  },
);

void t.test('a scenario is copied, activated and run', { skip }, async (inner) => {
  const open = await openDashboard(inner, { at: '/scenarios/quick' });
  const { page, url } = open;
  await page.getByRole('button', { name: 'Clone…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Clone quick' });
  await dialog.getByLabel('New id').fill('endless');
  await dialog.getByRole('button', { name: 'Clone', exact: true }).click();
  await dialog.getByRole('alert').getByText('A scenario endless already exists').waitFor();
  await dialog.getByLabel('New id').fill('No Id');
  inner.ok(await dialog.getByRole('button', { name: 'Clone', exact: true }).isDisabled());
  await dialog.getByLabel('New id').fill('quick-2');
  await dialog.getByLabel('Name').fill('Second ring');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { level: 2, name: 'Second ring' }).waitFor();
  inner.equal(new URL(page.url()).hash, '#/scenarios/quick-2');
  await page.getByText('7 of 7').waitFor();
  await page.getByRole('button', { name: 'Activate' }).click();
  await page.getByRole('button', { name: 'Is active' }).waitFor();
  await page.getByRole('link', { name: /Second ring.*active/ }).waitFor();
  inner.equal((await state(url)).active_scenario?.id, 'quick-2');
  await page.getByRole('button', { name: 'Start a run' }).click();
  await page.getByRole('link', { name: 'Watch it on the dashboard' }).click();
  await page.getByRole('heading', { level: 1, name: 'Dashboard' }).waitFor();
  inner.equal((await state(url)).run?.scenario_id, 'quick-2');
  inner.strictSame(open.complaints, []);
});

void t.test(
  'a run that cannot start shows the reason, and the page remains usable',
  { skip },
  async (inner) => {
    const { page, url, complaints } = await openDashboard(inner, { at: '/scenarios/endless' });
    await page.getByRole('button', { name: 'Start a run' }).click();
    await page.getByText('Run endless started.').waitFor();
    await page.getByRole('link', { name: /Quick ring/ }).click();
    await page.getByRole('button', { name: 'Start a run' }).click();
    await page.getByRole('alert').waitFor();
    const { run } = await state(url);
    inner.match(await page.getByRole('alert').textContent(), run!.run_id, 'the message names the active run');
    await stopRun({ url }, run!.run_id);
    await page.getByLabel('Ticks total').fill('16');
    await page.getByText('Fields changed: 1').waitFor();
    inner.strictSame(complaints, []);
  },
);

void t.test('an unknown id is reported', { skip }, async (inner) => {
  const { page, complaints } = await openDashboard(inner, { at: '/scenarios/quik' });
  await page.getByRole('alert').getByText('quik').waitFor();
  await page.getByRole('link', { name: /Quick ring/ }).click();
  await page.getByRole('heading', { level: 2, name: 'Quick ring' }).waitFor();
  inner.strictSame(complaints, []);
});

for (const scheme of ['light', 'dark'] as const) {
  void t.test(`form and YAML fit 390 pixels, ${scheme}`, { skip }, async (inner) => {
    const open = await openDashboard(inner, { at: '/scenarios/quick', width: 390, scheme });
    const { page } = open;
    await page.getByText('No changes.').waitFor();
    await page.getByText('Advanced: run').click();
    inner.equal(await overhang(page), 0);
    inner.strictSame(await open.violations(), []);
    await page.getByRole('button', { name: 'YAML' }).click();
    const code = page.getByRole('region', { name: 'Source of quick' });
    inner.match(await code.textContent(), '# The small one.');
    inner.equal(new URL(page.url()).hash, '#/scenarios/quick?view=source');
    inner.equal(await overhang(page), 0);
    inner.strictSame(await open.violations(), []);
    inner.strictSame(open.complaints, []);
  });
}
