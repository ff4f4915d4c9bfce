import t, { type Test } from 'tap';
import { plotRun } from '../../lib/inspect/index.js';
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

/** Well-formed enough for a drawing: every element closed in order, no value that is no number. */
function assertDrawing(t: Test, svg: string): void {
  const open: string[] = [];
  for (const [, close, name, self] of svg.matchAll(/<(\/?)([a-z]+)[^>]*?(\/?)>/gi)) {
    if (self === '/') continue;
    if (close === '/') t.equal(open.pop(), name);
    else open.push(name!);
  }
  t.same(open, []);
  t.notMatch(svg, /NaN|Infinity|undefined/);
}

void t.test('few nodes are curves, many a heat map', async (t) => {
  const few = await plot({ ticks: 40 });
  assertDrawing(t, few);
  t.equal(few.match(/class="curve k\d+"/g)?.length, 6 + 2);
  t.match(few, '<title id="title">sample</title>');
  t.match(few, 'node 6');
  t.match(few, 'prefers-color-scheme:dark');
  const many = await plot({ ticks: 40, line: 30 });
  assertDrawing(t, many);
  t.equal(many.match(/class="curve/g)?.length, 2);
  t.ok(many.match(/class="shade/g)!.length > 3);
});

void t.test('the same run gives the same bytes, stored or re-derived', async (t) => {
  t.equal(await plot({ ticks: 30 }), await plot({ ticks: 30 }));
  t.equal(await plot({ ticks: 30 }), await plot({ ticks: 30 }, 'compact'));
});

void t.test('the drawing does not grow with the ticks', async (t) => {
  const svg = await plot({ ticks: 20_000, every: 1000, edges: 3 });
  assertDrawing(t, svg);
  t.ok(svg.length < 200_000, `${svg.length} bytes`);
});

void t.test('odd runs are drawn too: one tick, no change, stopped at once, negative values', async (t) => {
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

void t.test('names are text, not markup', async (t) => {
  const store = new MemoryStore();
  const inputs = sampleInputs();
  const nodes = inputs.topology.nodes.map((node) => ({ ...node, label: '<b>&"' }));
  await keepRun(store, { ...inputs, topology: { ...inputs.topology, nodes } }, { id: 'r' });
  const svg = await plotRun(await mustOpen(store, 'r'));
  t.match(svg, '&lt;b&gt;&amp;&quot;');
  assertDrawing(t, svg);
});
