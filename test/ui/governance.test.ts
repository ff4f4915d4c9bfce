import type { Locator, Page } from 'playwright-core';
import t from 'tap';
import type { GovernanceSnapshot } from '../../lib/service/wire/index.js';
import { NO_GOLDENS } from '../service/service-in-process.js';
import { openDashboard, overhang, withoutBrowser } from './browser.js';

const skip = withoutBrowser();

/** The service with goldens of two scenarios, accepted with inputs that no run has. */
const GOLDENS = {
  goldens: { ...NO_GOLDENS, inputKeys: () => Promise.resolve(new Map([['quick', 'another key']])) },
};

async function snapshot(url: string): Promise<{ readonly value: GovernanceSnapshot; readonly etag: string }> {
  const answer = await fetch(`${url}/governance`);
  return { value: (await answer.json()) as GovernanceSnapshot, etag: answer.headers.get('etag')! };
}

async function changeElsewhere(url: string, patch: object): Promise<void> {
  const { etag } = await snapshot(url);
  const headers = { 'content-type': 'application/json', 'if-match': etag };
  const answer = await fetch(`${url}/governance`, { method: 'POST', headers, body: JSON.stringify(patch) });
  if (!answer.ok) throw new Error(await answer.text());
}

function mode(page: Page, group: RegExp, word: string): Locator {
  return page.getByRole('group', { name: group }).getByRole('radio', { name: word });
}

function rowsOf(page: Page, region: string): Promise<string[]> {
  return page
    .getByRole('region', { name: region })
    .getByRole('row')
    .evaluateAll((rows) =>
      (rows as unknown as { cells: { textContent: string }[] }[]).map(({ cells }) =>
        [...cells].map(({ textContent }) => textContent).join(' | '),
      ),
    );
}

const MODE = /^Mode/;
const CODEX = /^Codex action mode/;

void t.test('knobs are set, shown in force, unset and audited', { skip }, async (inner) => {
  const { page, url, complaints } = await openDashboard(inner, { at: '/governance' });
  await page.getByText('No changes yet').waitFor();
  await page.getByText('Applies to future runs').waitFor();
  const before = (await snapshot(url)).value.policy_set_hash;
  await page.getByText(before).waitFor();
  await mode(page, CODEX, 'GOVERNED_APPLY').check();
  inner.ok(await mode(page, MODE, 'ENFORCE').isChecked(), 'the mode changes with it');
  await page.getByLabel('Actions per window').fill('4');
  await page.getByRole('button', { name: 'Apply' }).click();
  await page.getByText('Applied to future runs.').waitFor();
  const set = (await snapshot(url)).value;
  inner.match(set, { mode: 'ENFORCE', budget_knobs: { max_actions_per_window: 4 } });
  await page.getByText(set.policy_set_hash).waitFor();
  await page.getByRole('cell', { name: 'Actions per window' }).waitFor();
  inner.match(await rowsOf(page, 'Changes'), [
    /^When/,
    /127\.0\.0\.1 \| Actions per window \| not set \| 4$/,
    /127\.0\.0\.1 \| Mode \| not set \| \w+$/,
  ]);
  await mode(page, MODE, 'Not set').check();
  inner.ok(await mode(page, CODEX, 'Not set').isChecked());
  await page.getByLabel('Actions per window').fill('');
  await page.getByRole('button', { name: 'Apply' }).click();
  await page.getByText(before).waitFor();
  inner.strictSame((await snapshot(url)).value.set, []);
  await page.getByRole('cell', { name: 'Mode' }).nth(1).waitFor();
  inner.equal((await rowsOf(page, 'Changes')).length, 5);
  inner.strictSame(complaints, []);
});

void t.test('a preview shows before, after and goldens, and changes nothing', { skip }, async (inner) => {
  const open = await openDashboard(inner, { at: '/governance', service: GOLDENS });
  const { page, url } = open;
  const ask = page.getByRole('button', { name: 'Preview' });
  await page.getByText('Nothing to preview').waitFor();
  inner.ok(await ask.isDisabled());
  await mode(page, MODE, 'DRY_RUN').check();
  await page.getByLabel('Topology changes').fill('0');
  await ask.click();
  await page.getByRole('heading', { name: /Goldens that would change: \d+ of \d+/ }).waitFor();
  inner.match(await rowsOf(page, 'Before and after'), [
    'Knob | Before | After',
    'Mode | OFF (not set) | DRY_RUN',
    'Codex action mode | OFF | DRY_RUN',
    'Proposals per window | not limited | not limited',
    'Actions per window | not limited | not limited',
    'Topology changes | not limited | 0',
    /^Policy set hash/,
  ]);
  const goldens = page.getByRole('list', { name: 'Goldens' }).getByRole('listitem');
  inner.match(await goldens.allTextContents(), [/quickwould change/]);
  inner.strictSame((await snapshot(url)).value.set, [], 'no change was applied');
  inner.strictSame(await open.violations(), []);
  await page.getByLabel('Topology changes').fill('1');
  await page.getByText('Nothing to preview').waitFor();
  await page.getByRole('button', { name: 'Reset' }).click();
  inner.equal(await page.getByLabel('Topology changes').inputValue(), '');
  inner.ok(await mode(page, MODE, 'Not set').isChecked());
});

void t.test('a problem is shown at its field, and the page remains usable', { skip }, async (inner) => {
  const { page, url, complaints } = await openDashboard(inner, { at: '/governance' });
  const limit = page.getByLabel('Proposals per window');
  await limit.fill('-1');
  inner.match(await describedBy(page, limit), /must be a whole number from 0/);
  inner.ok(await page.getByRole('button', { name: 'Apply' }).isDisabled());
  await limit.fill('3');
  await page.route('**/api/v1/governance/preview', (route) =>
    route.fulfill({
      status: 422,
      contentType: 'application/problem+json',
      body: JSON.stringify({
        code: 'invalid-document',
        detail: 'The knobs do not hold',
        errors: [{ pointer: '/budget_knobs/max_proposals_per_window', detail: 'is not a lucky number' }],
      }),
    }),
  );
  await page.getByRole('button', { name: 'Preview' }).click();
  await page.getByRole('alert').getByText('The knobs do not hold').waitFor();
  inner.match(await describedBy(page, limit), /is not a lucky number/);
  await page.getByRole('button', { name: 'Apply' }).click();
  await page.getByText('Applied to future runs.').waitFor();
  inner.equal((await snapshot(url)).value.budget_knobs['max_proposals_per_window'], 3);
  inner.strictSame(complaints, []);
});

async function describedBy(page: Page, field: Locator): Promise<string> {
  const ids = (await field.getAttribute('aria-describedby'))!;
  const texts = ids.split(' ').map((id) => page.locator(`[id="${id}"]`).textContent());
  return (await Promise.all(texts)).join(' ');
}

void t.test('a change by another client is shown before it is overwritten', { skip }, async (inner) => {
  const { page, url } = await openDashboard(inner, { at: '/governance' });
  await page.getByLabel('Actions per window').fill('4');
  await changeElsewhere(url, { budget_knobs: { max_actions_per_window: 7 } });
  await page.getByRole('button', { name: 'Apply' }).click();
  await page.getByRole('alert').getByText('This document has changed').waitFor();
  await page.getByRole('button', { name: 'Load the new version' }).click();
  await page.getByText('No changes.').waitFor();
  inner.equal(await page.getByLabel('Actions per window').inputValue(), '7');
  await page.getByLabel('Actions per window').fill('5');
  await page.getByRole('link', { name: 'History & Exports' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Stay' }).click();
  await page.getByRole('button', { name: 'Apply' }).click();
  await page.getByText('Applied to future runs.').waitFor();
  inner.equal((await snapshot(url)).value.budget_knobs['max_actions_per_window'], 5);
});

for (const scheme of ['light', 'dark'] as const) {
  void t.test(`the page at 390 pixels, ${scheme}, does not overflow`, { skip }, async (inner) => {
    const open = await openDashboard(inner, { at: '/governance', width: 390, scheme, service: GOLDENS });
    const { page, url } = open;
    await page.getByText('No changes yet').waitFor();
    for (const limit of Array.from({ length: 52 }, (_, index) => index)) {
      await changeElsewhere(url, { budget_knobs: { max_topology_changes: limit } });
    }
    await page.reload();
    await page.getByRole('button', { name: 'Show older changes' }).click();
    await page.getByRole('row', { name: /not set 0$/ }).waitFor();
    await mode(page, MODE, 'OBSERVE').check();
    await page.getByRole('button', { name: 'Preview' }).click();
    await page.getByRole('heading', { name: /Goldens that would change/ }).waitFor();
    inner.equal(await overhang(page), 0);
    inner.strictSame(await open.violations(), []);
    inner.strictSame(open.complaints, []);
  });
}
