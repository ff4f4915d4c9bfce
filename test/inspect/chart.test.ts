import t from 'tap';
import { CHART_KINDS, drawChart, type ChartQuery } from '../../lib/inspect/chart/index.js';
import { isOwnDrawing } from '../../lib/inspect/plot/own-drawing.js';
import { selectRuns, type Selection } from '../../lib/inspect/selection/index.js';
import { MemoryStore } from '../../lib/store/index.js';
import { openStager } from '../../lib/store/publish/stager.js';
import { OBSERVED } from '../store/sample-observables.js';
import { sampleRun } from '../store/sample-run.js';

/** A sweep over ticks, an edge and a text, with known bits. */
async function sweep(texts: readonly string[] = ['a', 'b'], backwards = false): Promise<MemoryStore> {
  const store = new MemoryStore();
  const cells = [8, 16, 32].flatMap((ticks) =>
    [1, 2].flatMap((k) => texts.map((text) => ({ ticks, k, text }))),
  );
  for (const [n, { ticks, k, text }] of backwards ? [...cells.entries()].reverse() : [...cells.entries()]) {
    const { record } = sampleRun(openStager(store.stager), { id: `r${String(n)}`, artefacts: {} });
    const observables = { ...OBSERVED, press_bits: ticks * k, settled_at: k === 2 ? null : ticks };
    const cell = { ticks, 'topology.edges[0].k': k, run_id: text };
    const name = `s[ticks=${String(ticks)},edges[0].k=${String(k)},run_id=t${String(texts.indexOf(text))}]`;
    await store.publish({
      record: { ...record, name, scenario: 's', cell, ticks_total: ticks, observables },
      blobs: [],
      cacheable: false,
    });
  }
  return store;
}

async function drawn(store: MemoryStore, query: ChartQuery = {}, selection: Selection = {}): Promise<string> {
  const runs = await selectRuns(store, selection);
  if (!runs.ok) throw new Error(runs.problem.message);
  const drawing = await drawChart(runs.value, query);
  if (!drawing.ok) throw new Error(`${drawing.problem.message} (${drawing.problem.hint ?? ''})`);
  return drawing.value;
}

/** Names of elements that are not opened or not closed; empty for a well-formed drawing. */
function unbalanced(svg: string): string[] {
  const open: string[] = [];
  const wrong: string[] = [];
  for (const [, close, name, self] of svg
    .replace(/<!--.*?-->/g, '')
    .matchAll(/<(\/?)([a-z]+)[^>]*?(\/?)>/g)) {
    if (close === '/') {
      if (open.pop() !== name) wrong.push(name!);
    } else if (self === '') open.push(name!);
  }
  return [...wrong, ...open];
}

void t.test('every kind is well-formed, described, without scripts and independent of arrival', async (t) => {
  const [store, backwards] = [await sweep(), await sweep(['a', 'b'], true)];
  for (const kind of CHART_KINDS) {
    const query: ChartQuery = kind === 'parallel' ? { kind } : { kind, x: 'ticks', series: 'edges[0].k' };
    const svg = await drawn(store, query);
    t.strictSame(unbalanced(svg), [], kind);
    t.match(svg, /role="img" aria-labelledby="title about"/);
    t.match(
      svg,
      /<title id="title">press_bits by .*<\/title><desc id="about">.*12 runs, press_bits from 8 to 64/,
    );
    t.match(svg, /prefers-color-scheme:dark/);
    t.notMatch(svg, /<script|href|NaN|Infinity|undefined/);
    t.ok(isOwnDrawing(svg));
    t.equal(await drawn(backwards, query), svg, kind);
  }
});

void t.test('by default the varying columns select the chart', async (t) => {
  const store = await sweep();
  t.match(await drawn(store), /A line for each run/, 'three axes');
  t.match(await drawn(store, {}, { where: ['cell.run_id=a'] }), /Cells shaded by the mean/, 'two axes');
  const one = await drawn(store, {}, { where: ['cell.run_id=a', 'edges[0].k=1'] });
  t.match(one, /Lines through the means/, 'one axis of integers');
  t.match(one, /ticks<\/text>/);
  t.match(one, /press_bits \(bits\)/, 'the unit');
  const text = await drawn(store, {}, { where: ['ticks=8', 'edges[0].k=1'] });
  t.match(text, /Bars of means/, 'one axis of texts');
  const facets = await drawn(store, { x: 'ticks', facet: 'edges[0].k', title: 'Mine' });
  t.match(facets, /edges\[0\]\.k 1<\/text>/);
  t.match(facets, /<title id="title">Mine<\/title>/);
});

void t.test('titles of many axes do not overlap or leave the drawing', async (t) => {
  const store = new MemoryStore();
  const keys = ['a_long_name_of_axis[0]', 'a_long_name_of_axis[1]', 'a_long_name_of_axis[2]', 'b[3]', 'b[4]'];
  for (let n = 0; n < 5; n++) {
    const cell = Object.fromEntries(keys.map((key, k) => [key, (n + k) % 5]));
    const { record } = sampleRun(openStager(store.stager), { id: `r${String(n)}`, artefacts: {} });
    const name = `s[${keys.map((key) => `${key}=${String(cell[key])}`).join(',')}]`;
    await store.publish({
      record: { ...record, name, cell, observables: OBSERVED },
      blobs: [],
      cacheable: false,
    });
  }
  const svg = await drawn(store, { kind: 'parallel', y: 'press_bits' });
  const captions = [
    ...svg.matchAll(/class="caption" x="([\d.]+)" y="([\d.]+)"( text-anchor="end")?>([^<]*)/g),
  ];
  t.equal(captions.length, keys.length + 1);
  const spans = captions.map(([, x, y, isEnd, text]) => {
    const [at, width] = [Number(x), text!.length * 7];
    return { y, from: isEnd === undefined ? at : at - width, to: isEnd === undefined ? at + width : at };
  });
  for (const [n, span] of spans.entries()) {
    const next = spans[n + 1];
    t.ok(next === undefined || next.y !== span.y || span.to < next.from, captions[n]![4]!);
  }
  t.match(captions[1]![4], /\[1\]$/, 'the ends of the titles are distinct');
  const [, title] = /class="title"[^>]*>([^<]*)/.exec(svg) ?? [];
  t.ok(title!.length <= 88);
});

void t.test('runs without a value are counted below the chart', async (t) => {
  t.match(await drawn(await sweep(), { x: 'ticks', y: 'settled_at' }), /6 without a value left out/);
});

void t.test('texts from the store are escaped', async (t) => {
  const svg = await drawn(await sweep(['<script>alert(1)</script>', '"&\u202e\ud800']), {
    x: 'cell.run_id',
    series: 'cell.run_id',
    kind: 'bar',
  });
  t.notMatch(svg, /<script|\u202e|\ud800/);
  t.match(svg, /&lt;script&gt;/);
  t.strictSame(unbalanced(svg), []);
});

void t.test('an error explains why no chart can be drawn', async (t) => {
  const store = await sweep();
  await t.rejects(drawn(store, { x: 'tiks' }), /no column tiks \(.*ticks/);
  await t.rejects(drawn(store, { x: 'ticks', y: 'press_bits.W1.S3' }), /press_bits\.W1\.S3 \(near names/);
  await t.rejects(drawn(store, { x: 'ticks', y: 'state' }), /no selected run has an integer state to draw/);
  await t.rejects(
    drawn(store, {}, { selectors: ['r0'] }),
    /no column varies over the selected runs .*name a column with --x/,
  );
  await t.rejects(
    drawn(store, { kind: 'heatmap' }, { where: ['cell.run_id=a', 'edges[0].k=1'] }),
    /needs two columns/,
  );
  const many = await sweep(Array.from({ length: 13 }, (_, n) => `v${String(n)}`));
  await t.rejects(
    drawn(many, { x: 'ticks', series: 'cell.run_id' }),
    /has 13 values, and a chart distinguishes at most 12/,
  );
});
