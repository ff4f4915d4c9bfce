import type { Page } from 'playwright-core';
import t from 'tap';
import type { TickView } from '../../lib/service/wire/index.js';
import { openDashboard, withoutBrowser } from './browser.js';
import { answerOf, finishedRun, startRun, stepRun, stopRun } from './served-runs.js';

const skip = withoutBrowser();

interface Edge {
  readonly e_id: number;
  readonly i: number;
  readonly j: number;
  readonly du: number;
  readonly raw: number;
  readonly cap: number;
  readonly f_e: number;
}

const picture = (page: Page, tick: string) =>
  page.getByRole('img', { name: new RegExp(`^Graph of 5 nodes and 5 edges, ${tick}(;|$)`) });
const tickOf = (page: Page): string | null => new URLSearchParams(page.url().split('?')[1]).get('tick');

void t.test('the graph of a tick is chosen by keyboard and by buttons', { skip }, async (inner) => {
  const open = await openDashboard(inner, { at: '/dashboard' });
  const { page, url, complaints } = open;
  const run = await finishedRun(open, { scenario_id: 'quick' });
  await page.goto(`${url}/#/pillars`);
  await picture(page, 'tick 24').waitFor();
  const slider = page.getByRole('slider', { name: 'Tick' });
  await slider.focus();
  await page.keyboard.press('Home');
  await picture(page, 'tick 1').waitFor();
  inner.equal(tickOf(page), '1', 'the URL contains the tick');
  await page.keyboard.press('ArrowRight');
  await picture(page, 'tick 2').waitFor();
  await page.getByRole('button', { name: 'Next tick' }).click();
  await picture(page, 'tick 3').waitFor();
  const { ledger } = await answerOf<TickView>(open, `/runs/${run}/ticks/3`);
  const edges = ledger['edges'] as readonly Edge[];
  const post_u = ledger['post_u'] as readonly number[];
  const rows = page.getByRole('region', { name: 'Edges at tick 3' }).getByRole('row');
  const found = (await rows.allInnerTexts())
    .slice(1)
    .map((text) => text.split(/\t/).map((cell) => cell.trim()));
  inner.strictSame(
    found,
    edges.map(({ e_id, i, j, du, raw, cap, f_e }) => [
      ...[String(e_id), `${String(i)} → ${String(j)}`, '6'],
      ...[du, raw, cap, f_e].map(String),
    ]),
    'the table shows the ledger',
  );
  const shown = await page.getByRole('region', { name: 'Nodes at tick 3' }).getByRole('row').allInnerTexts();
  inner.strictSame(
    shown.slice(1).map((text) => Number(text.split(/\t/)[3])),
    post_u,
    'nodes show post_u',
  );
  const greatest = Math.max(...edges.map(({ f_e }) => Math.abs(f_e)));
  await page
    .getByRole('img', { name: new RegExp(`greatest flux on edge \\d: ${String(greatest)} from`) })
    .waitFor();
  await page.reload();
  await picture(page, 'tick 3').waitFor();
  await page.getByRole('button', { name: 'Last tick' }).click();
  await picture(page, 'tick 24').waitFor();
  inner.strictSame(complaints, []);
});

void t.test('playing advances tick by tick and ends at the last tick', { skip }, async (inner) => {
  const open = await openDashboard(inner, { at: '/dashboard' });
  const { page, url } = open;
  const run = await finishedRun(open, { scenario_id: 'quick' });
  await page.goto(`${url}/#/pillars/umx?run=${run}&tick=21`);
  await picture(page, 'tick 21').waitFor();
  const seen: string[] = [];
  page.on('request', (request) => {
    const tick = /\/ticks\/(\d+)$/.exec(request.url())?.[1];
    if (tick !== undefined) seen.push(tick);
  });
  await page.getByRole('button', { name: 'Play' }).click();
  await page.getByRole('button', { name: 'Pause' }).waitFor();
  await picture(page, 'tick 24').waitFor();
  await page.getByRole('button', { name: 'Play' }).waitFor();
  inner.strictSame(seen, ['22', '23', '24']);
});

void t.test(
  'scrubbing sends a request when it pauses and keeps the picture until then',
  { skip },
  async (inner) => {
    const open = await openDashboard(inner, { at: '/dashboard' });
    const { page, url } = open;
    const run = await finishedRun(open, { scenario_id: 'quick' });
    await page.goto(`${url}/#/pillars/umx?run=${run}&tick=5`);
    await picture(page, 'tick 5').waitFor();
    const asked: string[] = [];
    const cancelled: string[] = [];
    let letGo: () => void = () => undefined;
    const held = new Promise<void>((resolve) => (letGo = resolve));
    await page.route(/\/ticks\/\d+$/, async (route) => {
      const tick = route.request().url().split('/').at(-1)!;
      asked.push(tick);
      if (tick === '12') await held;
      await route.continue().catch(() => undefined);
    });
    page.on('requestfailed', (request) => cancelled.push(request.url().split('/').at(-1)!));
    await page.getByRole('slider', { name: 'Tick' }).focus();
    const request = page.waitForRequest(/\/ticks\/12$/);
    for (let step = 0; step < 7; step++) await page.keyboard.press('ArrowRight');
    await page.getByText('tick 12 of 24').waitFor();
    await request;
    inner.equal(await picture(page, 'tick 5').count(), 1, 'the picture is kept');
    inner.ok(asked.length < 4, `only some of the seven passed ticks are requested: ${asked.join(' ')}`);
    const failure = page.waitForEvent('requestfailed');
    await page.keyboard.press('Home');
    await picture(page, 'tick 1').waitFor();
    await failure;
    inner.ok(cancelled.includes('12'), 'outdated requests are cancelled');
    letGo();
  },
);

void t.test('a graph of hundreds of nodes is readable', { skip }, async (inner) => {
  const open = await openDashboard(inner, { at: '/dashboard' });
  const { page, url, complaints } = open;
  const run = await finishedRun(open, { scenario_id: 'quick' });
  const side = 18;
  const nodes = Array.from({ length: side * side }, (_, at) => ({
    node_id: at + 1,
    label: `n${String(at + 1)}`,
  }));
  const right = nodes
    .filter(({ node_id }) => node_id % side !== 0)
    .map(({ node_id }) => [node_id, node_id + 1]);
  const down = nodes.slice(0, -side).map(({ node_id }) => [node_id, node_id + side]);
  const edges = [...right, ...down].map(([i, j], at) => ({ e_id: at + 1, i, j, k: 1, cap: 9 }));
  await page.route(/\/topology$/, (route) =>
    route.fulfill({ json: { gid: 'GRID', nodes, edges, changes: [] } }),
  );
  await page.route(/\/ticks\/\d+$/, async (route) => {
    const view = (await (await route.fetch()).json()) as TickView;
    const post_u = nodes.map(({ node_id }) => 1000 + node_id);
    const rows = edges.map(({ e_id, i, j }) => ({ e_id, i, j, du: 1, raw: 1, cap: 9, f_e: e_id % 5 }));
    const ledger = { ...view.ledger, post_u, pre_u: post_u, edges: rows };
    await route.fulfill({ json: { ...view, ledger } });
  });
  await page.goto(`${url}/#/pillars/umx?run=${run}`);
  const svg = page.getByRole('img', { name: /^Graph of 324 nodes and 612 edges, tick 24/ });
  await svg.waitFor();
  const labels = await svg.locator('text').count();
  inner.ok(labels > 20 && labels < 324, `labels are thinned out: ${String(labels)} of 324`);
  const table = page.getByRole('region', { name: 'Edges at tick 24' });
  inner.equal(await table.getByRole('table').getAttribute('aria-rowcount'), '613');
  inner.ok((await table.getByRole('row').count()) < 80, 'only visible rows exist');
  await table.focus();
  await page.keyboard.press('End');
  await table.getByRole('cell', { name: '612', exact: true }).waitFor();
  const before = await svg.innerHTML();
  await page.reload();
  await svg.waitFor();
  inner.equal(await svg.innerHTML(), before, 'the same graph has the same layout');
  inner.strictSame(complaints, []);
});

void t.test('a live run shows its state, and its records after its end', { skip }, async (inner) => {
  const open = await openDashboard(inner, { at: '/pillars' });
  const { page, complaints } = open;
  await page.getByText('No run yet').waitFor();
  const run = await startRun(open, { scenario_id: 'endless', paused: true });
  await page.getByText('State before its first tick').waitFor();
  await stepRun(open, run, 5);
  await page.getByText('State of tick 5, updated every second').waitFor();
  await stepRun(open, run, 4);
  await picture(page, 'of tick 9').waitFor();
  inner.equal(await page.getByRole('slider').count(), 0, 'there are no ticks to scrub yet');
  await page
    .getByRole('navigation', { name: 'Pillars' })
    .getByRole('link', { name: /^Press/ })
    .click();
  await page.getByText('The run is still running').waitFor();
  await stopRun(open, run);
  await page.getByText('This window was not closed').waitFor();
  await page.getByRole('navigation', { name: 'Pillars' }).getByRole('link', { name: /^UMX/ }).click();
  await page.getByRole('slider', { name: 'Tick' }).waitFor();
  await picture(page, 'tick 9').waitFor();
  inner.strictSame(complaints, []);
});
