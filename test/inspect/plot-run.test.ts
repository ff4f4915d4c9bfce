import t, { type Test } from 'tap';
import type { TickLedger } from '../../lib/engine/umx/records.js';
import { plotPoints, plotRun } from '../../lib/inspect/index.js';
import { MemoryStore } from '../../lib/store/index.js';
import { sampleInputs, type SampleOptions } from './sample-inputs.js';
import { keepRun, mustOpen } from './sample-store.js';

async function plot(
  options: SampleOptions,
  retain: 'full' | 'compact' = 'full',
  stop_after?: number,
): Promise<string> {
  const store = new MemoryStore();
  await keepRun(store, sampleInputs(options), {
    id: 'r',
    retain,
    ...(stop_after === undefined ? {} : { stop_after }),
  });
  return plotRun(await mustOpen(store, 'r'));
}

/** A simple check of a drawing: elements are closed in order, and values are numbers. */
function assertDrawing(t: Test, svg: string): void {
  const open: string[] = [];
  for (const [, close, name, self] of svg.matchAll(/<(\/?)([a-z]+)[^>]*?(\/?)>/gi)) {
    if (self === '/') continue;
    if (close !== '/') open.push(name!);
    else if (open.at(-1) === name) open.pop();
    else return void t.fail(`</${name!}> closes ${String(open.at(-1))}`);
  }
  t.same(open, []);
  t.notMatch(svg, /NaN|Infinity|undefined/);
}

void t.test('few nodes are drawn as curves, many as a heat map', async (t) => {
  const few = await plot({ ticks: 40 });
  assertDrawing(t, few);
  t.equal(few.match(/class="curve k\d+"/g)?.length, 6 + 2);
  t.match(few, '<title id="title">sample</title>');
  t.match(few, 'node 6');
  t.match(few, 'prefers-color-scheme:dark');
  const many = await plot({ ticks: 40, line: 30, initial: Array.from({ length: 30 }, (_, n) => n * 1001) });
  assertDrawing(t, many);
  t.equal(many.match(/class="curve/g)?.length, 2);
  t.ok(many.match(/class="shade/g)!.length > 3);
});

void t.test('the drawing of a run is the same, stored or re-derived', async (t) => {
  t.equal(await plot({ ticks: 30 }), await plot({ ticks: 30 }));
  t.equal(await plot({ ticks: 30 }), await plot({ ticks: 30 }, 'compact'));
});

void t.test('the size of a drawing does not depend on the number of ticks', async (t) => {
  const svg = await plot({ ticks: 20_000, every: 1000, edges: 3 });
  assertDrawing(t, svg);
  t.ok(svg.length < 200_000, `${svg.length} bytes`);
});

/** The shades of a drawing at one place, each with its rectangle. */
function shadesAt(svg: string, x: number): readonly { readonly shade: number; readonly height: number }[] {
  const found = [];
  for (const [, shade, path] of svg.matchAll(/<path class="shade s(\d+)" d="([^"]+)"/g)) {
    for (const [, left, , width, height] of path!.matchAll(/M([\d.]+) ([\d.]+)h([\d.]+)v([\d.]+)h/g)) {
      const isThere = Number(left) <= x && x < Number(left) + Number(width);
      if (isThere) found.push({ shade: Number(shade), height: Number(height) });
    }
  }
  return found;
}

/** A line of nodes with constant state, in which opposite impulses appear at adjacent nodes. */
function impulses(nodes: number, ticks: number, at: number): SampleOptions {
  const values = (sign: number): readonly number[] =>
    Array.from({ length: nodes }, (_, n) => (n === 40 ? sign : n === 41 ? -sign : 0));
  return {
    ticks,
    line: nodes,
    initial: Array.from({ length: nodes }, () => 0),
    pfna: { [at]: values(1_000_000), [at + 1]: values(-1_000_000) },
  };
}

void t.test('a cell keeps the maximum and minimum of its nodes and ticks', async (t) => {
  for (const [nodes, ticks, at] of [
    [200, 20, 11],
    [60, 700, 345],
    [200, 700, 698],
  ] as const) {
    const store = new MemoryStore();
    await keepRun(store, sampleInputs(impulses(nodes, ticks, at)), { id: 'r' });
    const run = await mustOpen(store, 'r');
    const [svg, { columns }] = [await plotRun(run), await plotPoints(run)];
    assertDrawing(t, svg);
    const column = columns.findLastIndex((first) => first <= at);
    const shown = shadesAt(svg, 72 + ((column + 0.5) / columns.length) * 864);
    for (const shade of [0, 15]) {
      t.ok(
        shown.some((cell) => cell.shade === shade),
        `shade ${shade} of ${nodes} nodes and ${ticks} ticks`,
      );
    }
  }
});

void t.test('a drawing shows how many nodes and ticks a cell or a point covers', async (t) => {
  for (const [options, expected] of [
    [{ ticks: 40, line: 30 }, 'Every node is shown at every tick.'],
    [{ ticks: 40, line: 400 }, 'A cell covers 4-5 nodes x one tick: '],
    [
      { ticks: 600, line: 30 },
      'A cell covers one node x 2-3 ticks (the first and the last tick are separate): ',
    ],
    [
      { ticks: 573, line: 192 },
      'A cell covers 2 nodes x 2 ticks (the first and the last tick are separate): ',
    ],
    [{ ticks: 2000 }, 'Curves show the minimum and the maximum of every 2-3 ticks (the first and the last'],
  ] as const) {
    const svg = await plot(options);
    assertDrawing(t, svg);
    t.match(/<desc id="about">(.*)<\/desc>/.exec(svg)![1], expected);
    t.match(svg.slice(svg.indexOf('</style>')), `>${expected}`);
  }
  t.notMatch(await plot({ ticks: 800 }), 'Curves show');
});

void t.test('the first and the last value are exact for any number of ticks', async (t) => {
  const store = new MemoryStore();
  const inputs = sampleInputs({ ticks: 3000, initial: [9000, 0, 0, 0, 0, 0] });
  await keepRun(store, inputs, { id: 'r' });
  const run = await mustOpen(store, 'r');
  const { columns, state, sum } = await plotPoints(run);
  t.equal(columns[0], 0);
  t.equal(columns.at(-1), 3000);
  t.equal(new Set(columns).size, columns.length);
  t.same(
    state.map(({ low, high }) => [low[0], high[0]]),
    [9000, 0, 0, 0, 0, 0].map((value) => [value, value]),
  );
  t.equal(sum.low[0], 9000);
  let last: unknown;
  for await (const ledger of run.records('umx_ledger', 3000)) last = (ledger as unknown as TickLedger).post_u;
  t.same(
    state.map(({ low }) => low.at(-1)),
    last,
  );
  t.same(
    state.map(({ high }) => high.at(-1)),
    last,
  );
});

void t.test('unusual runs are drawn: one tick, no change, stopped at once, negative values', async (t) => {
  assertDrawing(t, await plot({ ticks: 1 }));
  assertDrawing(t, await plot({ ticks: 5, initial: [0, 0, 0, 0, 0, 0] }));
  assertDrawing(t, await plot({ ticks: 5 }, 'full', 0));
  assertDrawing(t, await plot({ ticks: 9, initial: [-500, 20, 0, 0, 0, 0] }));
  assertDrawing(
    t,
    await plot({ ticks: 9, line: 300, initial: Array.from({ length: 300 }, (_, n) => 1e12 * n) }),
  );
  t.match(await plot({ ticks: 5 }, 'full', 2), 'cancelled after tick 2');
});

void t.test('names are escaped', async (t) => {
  const store = new MemoryStore();
  const inputs = sampleInputs();
  const nodes = inputs.topology.nodes.map((node) => ({ ...node, label: '<b>&"' }));
  await keepRun(store, { ...inputs, topology: { ...inputs.topology, nodes } }, { id: 'r' });
  const svg = await plotRun(await mustOpen(store, 'r'));
  t.match(svg, '&lt;b&gt;&amp;&quot;');
  assertDrawing(t, svg);
});
