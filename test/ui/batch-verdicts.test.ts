import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import t, { type Test } from 'tap';
import { nodePlatform } from '../../lib/platform/index.js';
import { openDiskStore, type ArtefactStore, type BatchRecord } from '../../lib/store/index.js';
import { ALL, projectWith, runText, type CliFixture } from '../cli/cli-fixture.js';
import { openDashboard, withoutBrowser } from './browser.js';

/** Scenarios that complete, and one that is expected to fault. */
const FIRST = `
  - {id: same, golden: true, run: ${runText({ ticks: '8' })}}
  - {id: moved, golden: true, run: ${runText({ ticks: '9' })}}
  - {id: gone, golden: true, run: ${runText({ ticks: '10' })}}
  - {id: spoilt, golden: true, run: ${runText({ ticks: '11' })}}
  - {id: meant, expect: {fault: DIAGNOSTICS_VIOLATION}, run: ${faulting(12)}}
`;

/** The same later: one changed, one new, one removed; one faults unexpectedly, one does not fault as expected. */
const LATER = `
  - {id: same, golden: true, run: ${runText({ ticks: '8' })}}
  - {id: moved, golden: true, run: ${runText({ ticks: '13' })}}
  - {id: added, golden: true, run: ${runText({ ticks: '14' })}}
  - {id: spoilt, golden: true, run: ${runText({ ticks: '11' })}}
  - {id: meant, expect: {fault: DIAGNOSTICS_VIOLATION}, run: ${faulting(12)}}
  - {id: broken, golden: true, run: ${faulting(15)}}
  - {id: tame, expect: {fault: INT_RANGE}, run: ${runText({ ticks: '16' })}}
`;

function faulting(ticks: number): string {
  return runText({ ticks: String(ticks) }).replace(
    /\}$/,
    ', diagnostics: {overflow_limit: 1, kill_on_violation: true}}',
  );
}

/** A batch of the command line: its id and its exit code. */
interface Ended {
  readonly id: string;
  readonly code: number | string;
}

async function batch(cli: CliFixture, ...args: string[]): Promise<Ended> {
  const { code, out, err } = await cli.batch(ALL, ...args);
  const id = /^batch (\S+) in /m.exec(out)?.[1];
  if (id === undefined) throw new Error(`no batch: ${out}${err}`);
  return { id, code };
}

async function batches(cli: CliFixture): Promise<readonly Ended[]> {
  const first = await batch(cli, '-u', 'missing', '--reason', 'first', '--by', 'me');
  const again = await batch(cli);
  const unjudged = await batch(cli, '--no-golden');
  const part = await batch(cli, '-g', '^same$', '-S', 'run.ticks=7');
  const later = projectWith(cli.directory, LATER);
  for (const name of readdirSync(join(cli.directory, 'golden/spoilt')))
    writeFileSync(join(cli.directory, 'golden/spoilt', name), 'spoilt\n');
  return [first, again, unjudged, part, await batch(later), await batch(later, '--no-golden')];
}

type Goldens = NonNullable<BatchRecord['verdict']>['goldens'];

/** The text of the page for the goldens of a record. */
function goldensText(goldens: Goldens): string {
  if (goldens.scope === 'off') {
    const asking = goldens.wanted === 1 ? '1 run asks' : `${goldens.wanted ?? 0} runs ask`;
    return `not judged (${goldens.why ?? ''})${goldens.wanted === 0 ? '' : `; ${asking} for one`}`;
  }
  const words = ['changed', 'missing', 'damaged', 'obsolete', 'accepted', 'removed', 'not_judged'] as const;
  const others = words
    .filter((word) => goldens[word] > 0)
    .map((word) => `, ${goldens[word]} ${word.replace('_', ' ')}`);
  return `${goldens.agree} ${goldens.agree === 1 ? 'run agrees' : 'runs agree'}${others.join('')}`;
}

const skip = withoutBrowser();

void t.test(
  'the page of a batch shows the same verdict as its record and exit code',
  { skip },
  async (outer) => {
    const cli = projectWith(outer.testdir(), FIRST);
    const ended = await batches(cli);
    outer.strictSame(
      ended.map(({ code }) => code),
      [0, 0, 0, 0, 1, 1],
    );
    const store = await openDiskStore({ root: join(cli.directory, 'artefacts'), platform: nodePlatform() });
    await outer.test('the page shows every run and golden', async (t) => {
      const { page, complaints } = await openDashboard(t, { at: '/history/batches', service: { store } });
      for (const { id, code } of ended) await checkCard(t, page, { store, id, code });
      await checkOld(t, page, store, ended[4]!.id);
      t.strictSame(complaints, []);
    });
  },
);

async function open(page: Page, id: string): Promise<Locator> {
  await page.evaluate(`location.hash = '#/history/batches/${id}'`);
  const card = page.getByRole('region', { name: `Batch ${id}`, exact: true });
  await card.getByRole('table', { name: 'Plan' }).waitFor();
  return card;
}

interface Shown extends Ended {
  readonly store: ArtefactStore;
}

async function checkCard(t: Test, page: Page, { store, id, code }: Shown): Promise<void> {
  const { verdict, outcomes } = (await store.batch(id))!;
  const { ok, reasons, runs, goldens } = verdict!;
  t.equal(ok, code === 0, `${id}: the record and the exit code agree`);
  const card = await open(page, id);
  const facts = card.getByLabel('Verdict');
  t.equal(await facts.locator('.pill').textContent(), ok ? 'ok' : 'not ok', id);
  t.strictSame(
    await facts.locator('dd').first().locator('li').allTextContents(),
    reasons.map((reason) => `${reason.code} ${reason.message}`),
    `${id}: reasons`,
  );
  t.ok((await facts.textContent())!.includes(`Goldens${goldensText(goldens)}`), `${id}: goldens`);
  t.ok(
    (await card.textContent())!.includes(
      `${outcomes.length} of ${runs.selected} done, ${runs.cached} cached, ${runs.failed} failed`,
    ),
    `${id}: runs`,
  );
  await checkRows(t, card, { verdict: verdict!, outcomes });
  const item = page.getByRole('listitem').filter({ has: page.locator('[aria-current="true"]') });
  t.ok((await item.textContent())!.includes(`Goldens: ${goldensText(goldens)}`), `${id}: in the list`);
  t.equal(await item.locator('.pill').textContent(), ok ? 'completed' : 'failed', `${id}: state in the list`);
}

/** Every run has a row with its end and the verdict of its golden; others are listed separately. */
async function checkRows(
  t: Test,
  card: Locator,
  { verdict, outcomes }: Required<Pick<BatchRecord, 'verdict' | 'outcomes'>>,
): Promise<void> {
  const { issues } = verdict.goldens;
  for (const { name, state, ok } of outcomes) {
    const row = card.getByRole('row').filter({ has: card.page().getByText(name, { exact: true }) });
    const text = (await row.textContent())!;
    const isTrouble = (await row.locator('.pill').getAttribute('data-state')) === 'fault';
    t.equal(isTrouble, ok === false && state !== 'not_started', `${name} is shown with its end: ${text}`);
    if (name === 'meant')
      t.match(text, /as expected|cached/, 'an expected fault is not shown as another fault');
    for (const { reason } of issues.filter((issue) => issue.name === name))
      t.ok(text.includes(`golden: ${reason}`), `${name}: ${reason}`);
  }
  const names = new Set(outcomes.map(({ name }) => name));
  for (const { name, reason } of issues.filter((issue) => !names.has(issue.name)))
    t.ok((await card.textContent())!.includes(`${name}: ${reason}`), `${name}: ${reason}`);
}

/** A record of an older version, which has no verdict. */
async function checkOld(t: Test, page: Page, store: ArtefactStore, id: string): Promise<void> {
  const { verdict: _, ...older } = (await store.batch(id))!;
  await store.putBatch({ ...older, id: 'older' });
  const card = await open(page, 'older');
  t.match(await card.getByLabel('Verdict').textContent(), /Goldensnot recorded/);
  t.notMatch(await card.getByLabel('Verdict').locator('.pill').first().textContent(), /^ok$/);
}
