import { appendFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import t from 'tap';
import type { AeonWindowView, Series, TickView, Topology } from '../../lib/service/wire/index.js';
import { openDashboard, withoutBrowser } from './browser.js';
import { answerOf, finishedRun } from './served-runs.js';

const skip = withoutBrowser();

const EVENTS = `v: 1
gid: RING
events:
  - { event_id: joins, tick_effective: 5, op_type: ADD_NODE, payload: { node_id: 6, label: visitor } }
  - { event_id: links, tick_effective: 5, op_type: ADD_EDGE, payload: { e_id: 6, i: 1, j: 6, k: 16, cap: 32 } }
  - { event_id: leaves, tick_effective: 9, op_type: REMOVE_NODE, payload: { node_id: 6 } }
  - { event_id: fails, tick_effective: 13, op_type: REMOVE_EDGE, payload: { e_id: 5 } }
`;

const AEON = `base_windows:
  day: { window_id: day, tick_start: 1, tick_end: 16 }
`;

const SCENARIOS = `
  - id: visitor
    run:
      run_id: visitor
      slp_path: events.yaml
      ticks: 16
      windows: { every: 4, apx_name: VISITOR }

  - id: viewed
    run:
      run_id: viewed
      aeon_path: aeon.yaml
      ticks: 16
      primary_window_id: W
      windows:
        - window_id: W
          apx_name: VIEWED
          start_tick: 1
          end_tick: 16
          aeon_window_id: day
          streams: [{ name: state, source: post_u }]
          apxi_enabled: true
          apxi_descriptors:
            state:
              - { descriptor_id: level, descriptor_type: CONST_SEGMENT, window_id: day, stream_id: state, params: { value: 10 } }
`;

function write(directory: string): void {
  writeFileSync(join(directory, 'events.yaml'), EVENTS);
  writeFileSync(join(directory, 'aeon.yaml'), AEON);
  appendFileSync(join(directory, 'manifest.yaml'), SCENARIOS);
}

const graph = (page: Page, nodes: number, edges: number, tick: number) =>
  page.getByRole('img', {
    name: new RegExp(
      `^Graph of ${String(nodes)} nodes and ${String(edges)} edges, tick ${String(tick)}(;|$)`,
    ),
  });

void t.test('the graph follows a node that joins and leaves, and a failing link', { skip }, async (inner) => {
  const open = await openDashboard(inner, { at: '/dashboard', write });
  const { page, url, complaints } = open;
  const run = await finishedRun(open, { scenario_id: 'visitor' });
  inner.strictSame((await answerOf<Topology>(open, `/runs/${run}/topology`)).changes, [5, 9, 13]);
  for (const [tick, nodes, edges, event] of [
    [4, 5, 5, null],
    [5, 6, 6, 'joins'],
    [8, 6, 6, null],
    [9, 5, 5, 'leaves'],
    [16, 5, 4, null],
  ] as const) {
    await page.goto(`${url}/#/pillars/umx?run=${run}&tick=${String(tick)}`);
    await graph(page, nodes, edges, tick).waitFor();
    const { ledger } = await answerOf<TickView>(open, `/runs/${run}/ticks/${String(tick)}`);
    const region = page.getByRole('region', { name: `Nodes at tick ${String(tick)}` });
    const rows = (await region.getByRole('row').allInnerTexts()).slice(1);
    inner.strictSame(
      rows.map((text) => Number(text.split(/\t/)[3])),
      ledger['post_u'],
      `the nodes of tick ${String(tick)}`,
    );
    const events = page.getByRole('list', { name: 'Structural events of this tick' });
    if (event === null) inner.equal(await events.count(), 0);
    else inner.match(await events.innerText(), event);
  }
  inner.strictSame(complaints, []);
});

void t.test('an absent node is null in the state matrix, never 0', { skip }, async (inner) => {
  const open = await openDashboard(inner, { at: '/dashboard', write });
  const run = await finishedRun(open, { scenario_id: 'visitor' });
  const series = await answerOf<Series>(open, `/runs/${run}/series?metric=u&points=400`);
  const text = JSON.stringify(series);
  inner.match(text, /null/);
  await open.page.goto(`${open.url}/#/dashboard`);
  await open.page.getByText('visitor').first().waitFor();
  inner.strictSame(open.complaints, []);
});

void t.test(
  'the Press panel shows the APXi view of a window and the AEON grammar',
  { skip },
  async (inner) => {
    const open = await openDashboard(inner, { at: '/dashboard', write });
    const { page, url, complaints } = open;
    const run = await finishedRun(open, { scenario_id: 'viewed' });
    const windows = await answerOf<readonly AeonWindowView[]>(open, `/runs/${run}/aeon?tick=3`);
    inner.match(windows, [{ window_id: 'day', press_windows: ['W'], children: [] }]);
    inner.strictSame(await answerOf(open, `/runs/${run}/aeon?tick=17`), []);
    await page.goto(`${url}/#/pillars/press?run=${run}`);
    const table = page.getByRole('table', { name: /Bits per descriptor; residuals are coded with R/ });
    await table.waitFor();
    inner.match(await table.innerText(), /state\s+level\s+CONST_SEGMENT\s+value 10/);
    inner.strictSame(complaints, []);
  },
);
