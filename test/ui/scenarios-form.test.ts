import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import t from 'tap';
import type { ScenarioDetail } from '../../lib/service/wire/index.js';
import { MANIFEST } from '../service/service-documents.js';
import { openDashboard, withoutBrowser, type OpenPage } from './browser.js';

const skip = withoutBrowser();

/** The current document on disk. */
function text({ service }: OpenPage): string {
  return readFileSync(join(service.directory, 'manifest.yaml'), 'utf8');
}

void t.test('the form saves only the changed parts of the document', { skip }, async (inner) => {
  const open = await openDashboard(inner, { at: '/scenarios/quick' });
  const { page } = open;
  const save = page.getByRole('button', { name: 'Save' });
  await page.getByText('No changes.').waitFor();
  inner.ok(await save.isDisabled());
  await page.getByRole('group', { name: 'Core params' }).getByLabel('Ticks total').fill('40');
  await page.getByRole('textbox', { name: 'Name', exact: true }).fill('Slow ring');
  await page.getByRole('textbox', { name: 'Tags', exact: true }).fill('slow');
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Remove tiny-ones from Tags' }).click();
  await page.getByText('Fields changed: 3').waitFor();
  await page.getByText('unsaved changes').waitFor();
  await save.click();
  await page.getByText('Saved.', { exact: true }).waitFor();
  await page.getByRole('heading', { level: 2, name: 'Slow ring' }).waitFor();
  inner.equal(
    text(open),
    MANIFEST.replace('ticks: 24   #', 'ticks: 40   #')
      .replace('name: Quick ring ', 'name: Slow ring ')
      .replace('tags: [tiny-ones, ring]', 'tags: [ring, slow]'),
  );
  await page.getByRole('link', { name: /Slow ring/ }).waitFor();
  await page.getByLabel('Runtime hint').selectOption('large');
  await page.getByRole('button', { name: 'Reset' }).click();
  inner.equal(await page.getByLabel('Runtime hint').inputValue(), 'tiny');
});

void t.test(
  'problems found by the page and by the service are shown at their fields',
  { skip },
  async (inner) => {
    const open = await openDashboard(inner, { at: '/scenarios/quick' });
    const { page } = open;
    const ticks = page.getByLabel('Ticks total');
    await ticks.fill('a few');
    inner.match(await describedBy(page, 'Ticks total'), /must be a whole number/);
    inner.ok(await page.getByRole('button', { name: 'Save' }).isDisabled());
    await ticks.fill('24');
    await page.getByLabel('Primary window id').fill('NONE');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('alert').getByText('The change was not made').waitFor();
    inner.match(await describedBy(page, 'Primary window id'), /does not exist/);
    inner.equal(await page.getByLabel('Primary window id').getAttribute('aria-invalid'), 'true');
    inner.equal(await ticks.getAttribute('aria-invalid'), 'false');
    inner.equal(text(open), MANIFEST);
    inner.strictSame(await open.violations(), []);
    await page.keyboard.type('X');
    inner.notMatch(
      await describedBy(page, 'Primary window id'),
      /does not exist/,
      'the problem was about another value',
    );
  },
);

/** The description of a field for assistive technology. */
async function describedBy(page: Page, label: string): Promise<string> {
  const ids = (await page.getByLabel(label).getAttribute('aria-describedby'))!;
  const texts = ids.split(' ').map((id) => page.locator(`[id="${id}"]`).textContent());
  return (await Promise.all(texts)).join(' ');
}

void t.test(
  'a change by another client can be kept, or combined with the own changes',
  { skip },
  async (inner) => {
    const open = await openDashboard(inner, { at: '/scenarios/quick' });
    const { page, service } = open;
    const name = page.getByRole('textbox', { name: 'Name', exact: true });
    const changeByHand = (from: string, to: string): void => {
      writeFileSync(join(service.directory, 'manifest.yaml'), text(open).replace(from, to));
    };
    await name.fill('Mine');
    changeByHand('name: Quick ring', 'name: Theirs');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('alert').getByText('This document has changed').waitFor();
    inner.match(text(open), 'name: Theirs');
    await page.getByRole('button', { name: 'Apply my changes to the new version' }).click();
    await page.getByRole('heading', { level: 2, name: 'Theirs' }).waitFor();
    inner.equal(await name.inputValue(), 'Mine');
    await page.getByText('Fields changed: 1').waitFor();
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Saved.', { exact: true }).waitFor();
    inner.match(text(open), 'name: Mine');
    await name.fill('Mine again');
    changeByHand('name: Mine', 'name: Theirs at last');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('button', { name: 'Load the new version' }).click();
    await page.getByText('No changes.').waitFor();
    inner.equal(await name.inputValue(), 'Theirs at last');
  },
);

void t.test('leaving with unsaved changes needs a confirmation', { skip }, async (inner) => {
  const { page, violations } = await openDashboard(inner, { at: '/scenarios/quick' });
  const hash = (): string => new URL(page.url()).hash;
  await page.getByRole('textbox', { name: 'Name', exact: true }).fill('Not saved');
  await page.getByRole('button', { name: 'YAML' }).click();
  await page.getByRole('region', { name: 'Source of quick' }).waitFor();
  await page.getByRole('button', { name: 'Form' }).click();
  await page.getByRole('link', { name: /Governance & Budgets/ }).click();
  const dialog = page.getByRole('dialog', { name: 'Leave without saving?' });
  await dialog.waitFor();
  inner.strictSame(await violations(), []);
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'hidden' });
  inner.equal(hash(), '#/scenarios/quick');
  inner.equal(await page.getByRole('textbox', { name: 'Name', exact: true }).inputValue(), 'Not saved');
  const asked = page.waitForEvent('dialog');
  const reload = page.reload();
  const question = await asked;
  inner.equal(question.type(), 'beforeunload', 'the browser asks for confirmation too');
  await question.accept();
  await reload;
  await page.getByRole('textbox', { name: 'Name', exact: true }).fill('Not saved either');
  await page.getByRole('link', { name: /A run that only a stop ends/ }).click();
  await dialog.getByRole('button', { name: 'Leave and discard changes' }).click();
  await page.getByRole('heading', { level: 2, name: 'A run that only a stop ends' }).waitFor();
  inner.equal(hash(), '#/scenarios/endless');
});

void t.test('problems of the documents are shown and can be corrected', { skip }, async (inner) => {
  const { page, service, url } = await openDashboard(inner, { at: '/scenarios' });
  const path = join(service.directory, 'manifest.yaml');
  writeFileSync(
    path,
    MANIFEST.replace('primary_window_id: ALL\n      logging', 'primary_window_id: GONE\n      logging'),
  );
  await page.getByRole('link', { name: /A run that only a stop ends/ }).click();
  const problems = page.getByRole('group', { name: 'Problems of the documents' });
  await problems.getByText('manifest.yaml:').first().waitFor();
  await page.getByLabel('Primary window id').fill('ALL');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('Saved.', { exact: true }).waitFor();
  await problems.waitFor({ state: 'hidden' });
  const mended = (await (await fetch(`${url}/scenarios/endless`)).json()) as ScenarioDetail;
  inner.equal(mended.core_params.primary_window_id, 'ALL');
});
