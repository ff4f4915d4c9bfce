import type { Page } from 'playwright-core';
import t from 'tap';
import type { TickLedger } from '../../lib/engine/umx/records.js';
import { openRun } from '../../lib/inspect/index.js';
import type { RunState, Series } from '../../lib/service/wire/index.js';
import { overhang, withoutBrowser, type OpenPage } from './browser.js';
import { answerOf, finishedRun, over, post, startRun, stepRun, ticked } from './served-runs.js';
import { openLarge, SPIKE } from './thinning-documents.js';

const skip = withoutBrowser();

/** Minimum and maximum of every node at every tick, from the records. */
async function truthOf({ service }: OpenPage, id: string): Promise<{ least: number; most: number }> {
  const run = await openRun(service.store, id);
  if (!run.ok) throw new Error(`there is no run ${id}`);
  let [least, most] = [Infinity, -Infinity];
  for await (const record of run.value.records('umx_ledger')) {
    const { post_u } = record as unknown as TickLedger;
    least = Math.min(least, ...post_u);
    most = Math.max(most, ...post_u);
  }
  return { least, most };
}

function shown(value: number): string {
  return new Intl.NumberFormat('en-GB').format(value);
}

/** Colours of a column of the heat map, one per row. */
function columnOf(page: Page, column: number): Promise<string[]> {
  return page
    .locator('.heat-map canvas')
    .evaluate((canvas: { width: number; height: number; getContext(kind: string): unknown }, at) => {
      const context = canvas.getContext('2d') as {
        getImageData(x: number, y: number, w: number, h: number): { data: ArrayLike<number> };
      };
      const { data } = context.getImageData(at < 0 ? canvas.width + at : at, 0, 1, canvas.height);
      return Array.from({ length: canvas.height }, (_, row) =>
        [data[4 * row], data[4 * row + 1], data[4 * row + 2]].join(' '),
      );
    }, column);
}

const GREATEST = '191 88 12';

void t.test('the heat map of 400 nodes shows every impulse and the right legend', { skip }, async (inner) => {
  const opened = await openLarge(inner, { at: '/dashboard' });
  const { page, complaints } = opened;
  const id = await startRun(opened, { scenario_id: 'large', paused: true });
  await stepRun(opened, id, 40);
  const title = 'State of every node: 400 nodes,';
  await page.getByRole('img', { name: `${title} ticks 1 to 40,` }).waitFor();
  await page.getByText('128 rows of 400 nodes; each covers 3–4. Each cell shows').waitFor();
  const live = await answerOf<Series>(opened, `/runs/${id}/series?metric=u&points=256`);
  inner.equal(live.most![0]![0], Math.max(...live.most!.map((column) => column[0]!)));
  await post(opened, `/runs/${id}/resume`);
  await over(opened, id);
  const { least, most } = await truthOf(opened, id);
  const whole = page.getByRole('img', {
    name: `${title} ticks 1 to 300, values ${String(least)} to ${String(most)}`,
  });
  await whole.waitFor();
  await page.locator('.heat-map-scale').getByText(shown(least)).waitFor();
  await page.locator('.heat-map-scale').getByText(shown(most)).waitFor();
  await page
    .getByText('128 rows of 400 nodes; each covers 3–4; 150 columns of 300 ticks; each covers 2.')
    .waitFor();
  const [first, last] = [await columnOf(page, 0), await columnOf(page, -1)];
  const rest = first[60]!;
  inner.equal(first.length, 128);
  inner.equal(first[0], GREATEST, 'the impulse at node 1');
  inner.not(first[67], rest, 'the impulse at node 211');
  inner.not(first[127], rest, 'the impulse at node 400');
  inner.not(last[127], last[60], 'the last tick as well');
  inner.strictSame(complaints, []);
});

void t.test('the graph of a live run shows the state of all nodes', { skip }, async (inner) => {
  const opened = await openLarge(inner);
  const { page, url } = opened;
  const id = await startRun(opened, { scenario_id: 'large', paused: true });
  await stepRun(opened, id, 7);
  await page.goto(`${url}/#/pillars/umx?run=${id}`);
  await page.getByText('State of tick 7,').waitFor();
  const { u, tick, live } = await answerOf<RunState>(opened, `/runs/${id}/state`);
  inner.strictSame([u.length, tick, live], [400, 7, true]);
  const said = await page.locator('.pillars-node title').allTextContents();
  inner.strictSame(
    said.map((text) => text.replace(/^.*u = /, '')),
    u.map(shown),
  );
});

void t.test('a spike of one tick in 20,000 is shown, live and stored', { skip }, async (inner) => {
  const opened = await openLarge(inner, { at: '/dashboard' });
  const { page } = opened;
  const id = await startRun(opened, { scenario_id: 'spike', paused: true });
  await stepRun(opened, id, SPIKE.ticks - 1);
  await ticked(opened, id, SPIKE.ticks - 1);
  const values = `${shown(SPIKE.least)} to ${shown(SPIKE.most)}`;
  const sum = (last: number) =>
    page.getByRole('img', {
      name: `Sum of the state, ticks 1 to ${String(last)}; at the end Sum of the state 120; values of Sum of the state ${values}`,
    });
  await sum(SPIKE.ticks - 1).waitFor();
  await page
    .getByText(
      /^\d+ points of 19,999 ticks: the minimum and the maximum of every \d+ ticks, and both ends\.$/,
    )
    .first()
    .waitFor();
  const heat = await page
    .getByRole('img', { name: /^State of every node: 5 nodes, ticks 1 to 19999,/ })
    .getAttribute('aria-label');
  inner.match(heat, /to 999\d{3}$/, 'the heat map shows it too');
  await post(opened, `/runs/${id}/resume`);
  await sum(SPIKE.ticks).waitFor();
  for (const points of [4, 20, 400, 2000]) {
    const { ticks, values: all } = await answerOf<Series>(
      opened,
      `/runs/${id}/series?metric=sum_u&points=${String(points)}`,
    );
    inner.equal(all[ticks.indexOf(SPIKE.tick)], SPIKE.most, `with ${String(points)} points, at its tick`);
    inner.equal(ticks.at(-1), SPIKE.ticks);
    inner.ok(ticks.length <= points);
  }
});

void t.test(
  'two long runs are compared without hiding a spike, also at 390 pixels',
  { skip },
  async (inner) => {
    const opened = await openLarge(inner, { width: 390, scheme: 'dark' });
    const { page, url, violations } = opened;
    const a = await finishedRun(opened, { scenario_id: 'spike' });
    const b = await finishedRun(opened, { scenario_id: 'spike', overrides: { ticks_total: 9000 } });
    await page.goto(`${url}/#/history/compare?a=${a}&b=${b}&metric=sum_u`);
    const chart = page.getByRole('img', {
      name: `Sum of the state, ticks 1 to 20000; at the end A 120, B –; values of A 120 to ${shown(SPIKE.most)}, B 120`,
    });
    await chart.waitFor();
    await page.getByText(/points of 20,000 ticks: .* points of 9,000 ticks: /).waitFor();
    inner.equal(await overhang(page), 0);
    inner.strictSame(await violations(), []);
  },
);
