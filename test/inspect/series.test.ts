import assert from 'node:assert/strict';
import fc from 'fast-check';
import t from 'tap';
import type { ApxManifest } from '../../lib/engine/press/records.js';
import { openSeries, type SeriesHooks, type SeriesQuery } from '../../lib/inspect/series/index.js';
import {
  chainValue,
  fluxOf,
  lastInteger,
  stateOf,
  sumAbsFlux,
} from '../../lib/inspect/series/tick-fields.js';
import { selectRuns } from '../../lib/inspect/selection/index.js';
import type { Value } from '../../lib/inspect/columns/value.js';
import type { Table } from '../../lib/inspect/table/index.js';
import { MemoryStore } from '../../lib/store/index.js';
import { Draw } from '../session/draw.js';
import { withGraphs } from '../session/random-graphs.js';
import { randomInputs } from '../session/random-inputs.js';
import { sampleInputs } from './sample-inputs.js';
import { keepRun, must, mustOpen } from './sample-store.js';

async function open(store: MemoryStore, query: SeriesQuery, hooks: SeriesHooks = {}): Promise<Table> {
  const runs = await selectRuns(store);
  if (!runs.ok) throw new Error(runs.problem.message);
  const series = await openSeries(runs.value, query, hooks);
  if (!series.ok) throw new Error(`${series.problem.message} (${series.problem.hint ?? ''})`);
  return series.value;
}

async function rowsOf(table: Table): Promise<(readonly Value[])[]> {
  const rows = [];
  for await (const row of table.rows()) rows.push(row);
  return rows;
}

const METRICS = ['C_t,s_t,sum_abs_flux,sum_u,min_u,max_u,nonzero_nodes', 'u[*]', 'f[*]'];

void t.test('values equal those of the parsed records, full and compact, on changing graphs', async (t) => {
  let compared = 0;
  const property = fc.asyncProperty(fc.gen(), async (value) => {
    const draw = new Draw(value);
    const inputs = withGraphs(draw, randomInputs(draw));
    for (const retain of ['full', 'compact'] as const) {
      const store = new MemoryStore();
      const record = await keepRun(store, inputs, { id: 'r', retain, chunk_bytes: 700 });
      if (record.ticks_completed === 0) continue;
      const table = await open(store, { metrics: METRICS });
      const rows = await rowsOf(table);
      assert.equal(rows.length, record.ticks_completed);
      const view = await mustOpen(store, 'r');
      for (const row of rows) {
        const named = new Map(table.columns.map(({ name }, n) => [name, row[n]!]));
        const ledger = must(await view.ledger(row[0] as number));
        const block = must(await view.pBlock(row[0] as number));
        assert.equal(named.get('C_t'), block.C_t);
        assert.equal(named.get('s_t'), block.s_t);
        assert.equal(named.get('sum_u'), ledger.sum_post_u);
        assert.equal(named.get('min_u'), Math.min(...ledger.post_u));
        assert.equal(named.get('max_u'), Math.max(...ledger.post_u));
        const flux = ledger.edges.reduce((sum, { f_e }) => sum + BigInt(Math.abs(f_e)), 0n);
        assert.equal(String(named.get('sum_abs_flux')), String(flux));
        for (const [name, cell] of named) {
          const [, letter, digits] = /^([uf])\[(\d+)\]$/.exec(name) ?? [];
          if (letter === 'u') assert.equal(cell, ledger.post_u[Number(digits) - 1] ?? null, name);
          if (letter === 'f') assert.equal(cell, ledger.edges[Number(digits) - 1]?.f_e ?? null, name);
        }
        compared++;
      }
    }
  });
  await fc.assert(property, { numRuns: 60 });
  t.ok(compared > 100, String(compared));
});

void t.test('fields are found next to any other text', (t) => {
  const odd = JSON.stringify('x","s_t":77,"tick":5,{"e_id":1,"f_e":9},"post_u":[1]');
  const block = `{"C_t":12,"edge_flux_summary":[{"e_id":1,"f_e":-3},{"e_id":2,"f_e":9007199254740991},{"e_id":3,"f_e":2}],"gid":${odd},"s_t":-8,"seq":4,"tick":4,"topology_version":${odd}}`;
  t.equal(chainValue(block), 12);
  t.equal(lastInteger(block, 's_t'), -8);
  t.equal(fluxOf(block, 1), -3);
  t.equal(fluxOf(block, 9), null);
  t.equal(sumAbsFlux(block), '9007199254740996');
  const ledger = `{"nap_ref":${odd},"policy_notes":[],"post_u":[-5,0,7],"pre_u":[1,1,1],"sum_post_u":2,"tick":4,"z_check":2}`;
  t.strictSame(
    [1, 2, 3, 4].map((node) => stateOf(ledger, node)),
    [-5, 0, 7, null],
  );
  t.end();
});

void t.test('bits of Press are reported at the tick where their window closes', async (t) => {
  const store = new MemoryStore();
  const inputs = sampleInputs();
  await keepRun(store, inputs, { id: 'r' });
  const stream = inputs.run.windows[0]!.streams[0]!.name;
  const rows = await rowsOf(await open(store, { metrics: ['press_bits', `press_bits.${stream}`] }));
  const view = await mustOpen(store, 'r');
  const ends = new Map<number, number>();
  for await (const record of view.records('apx_manifests')) {
    const { window_id, streams } = record as unknown as ApxManifest;
    const { end_tick } = inputs.run.windows.find((window) => window.window_id === window_id)!;
    ends.set(end_tick, (ends.get(end_tick) ?? 0) + streams.reduce((sum, { L_total }) => sum + L_total, 0));
  }
  t.ok(ends.size > 0);
  for (const [tick, bits, one] of rows) {
    t.equal(bits, ends.get(tick as number) ?? null);
    t.equal(one === null, bits === null);
  }
});

void t.test('long and wide shape, ranges and every k-th tick', async (t) => {
  const store = new MemoryStore();
  const inputs = sampleInputs();
  const short = {
    ...inputs,
    run: {
      ...inputs.run,
      ticks: 4,
      windows: [{ ...inputs.run.windows[0]!, start_tick: 1, end_tick: 4 }],
      primary_window_id: inputs.run.windows[0]!.window_id,
    },
  };
  await keepRun(store, inputs, { id: 'a', name: 'a' });
  await keepRun(store, short, { id: 'b', name: 'b' });
  const { ticks } = inputs.run;
  const long = await open(store, { metrics: ['sum_u'] });
  t.strictSame(
    long.columns.map(({ name }) => name),
    ['run', 'tick', 'sum_u'],
  );
  t.equal((await rowsOf(long)).length, ticks + 4);
  const wide = await open(store, { metrics: ['sum_u', 'C_t'], shape: 'wide' });
  t.strictSame(
    wide.columns.map(({ name }) => name),
    ['tick', 'sum_u a', 'C_t a', 'sum_u b', 'C_t b'],
  );
  const rows = await rowsOf(wide);
  t.equal(rows.length, ticks);
  t.strictSame(
    rows.map(([tick]) => tick),
    Array.from({ length: ticks }, (_, n) => n + 1),
  );
  t.strictSame(rows[ticks - 1]!.slice(3), [null, null], 'an outer join');
  const some = await rowsOf(
    await open(store, { metrics: ['sum_u'], shape: 'wide', from: 3, to: 7, every: 2 }),
  );
  t.strictSame(
    some.map(([tick]) => tick),
    [3, 5, 7],
  );
});

void t.test('thinning keeps minima and maxima', async (t) => {
  const store = new MemoryStore();
  await keepRun(store, sampleInputs({ ticks: 200 }), { id: 'r' });
  const all = await rowsOf(await open(store, { metrics: ['C_t'] }));
  const thin = await rowsOf(await open(store, { metrics: ['C_t'], points: 20 }));
  t.ok(thin.length <= 22 && thin.length >= 10, String(thin.length));
  const values = (rows: readonly (readonly Value[])[]): number[] => rows.map((row) => row[1] as number);
  t.equal(Math.max(...values(thin)), Math.max(...values(all)));
  t.equal(Math.min(...values(thin)), Math.min(...values(all)));
  t.strictSame(
    thin,
    [...thin].sort((a, b) => (a[0] as number) - (b[0] as number)),
  );
});

void t.test('computing a compact run reports its progress', async (t) => {
  const store = new MemoryStore();
  await keepRun(store, sampleInputs({ ticks: 30 }), { id: 'r', retain: 'compact' });
  const told: string[] = [];
  const hooks = {
    deriving: (run: string, tick: number, of: number) =>
      void told.push(`${run} ${String(tick)}/${String(of)}`),
  };
  await rowsOf(await open(store, { metrics: ['u[1]'] }, hooks));
  t.equal(told.at(-1), 'sample 30/30');
});

void t.test('invalid questions and missing values are explained', async (t) => {
  const store = new MemoryStore();
  await keepRun(store, sampleInputs(), { id: 'r' });
  await t.rejects(open(store, { metrics: ['max_U2'] }), /no metric max_U2 \(.*max_u/);
  await t.rejects(
    open(store, { metrics: ['u[999]'] }),
    /no selected run has node 999 \(nodes are numbered from 1 to /,
  );
  await t.rejects(
    open(store, { metrics: ['press_bits.S1x'] }),
    /no selected run has a stream S1x \(near names: press_bits\.S1, /,
  );
  await t.rejects(open(store, { metrics: ['u[0]'] }), /no metric u\[0\]/);
  await t.rejects(open(store, { metrics: ['__proto__'] }), /no metric __proto__/);
  await t.rejects(open(store, { metrics: [','] }), /no metric is named/);
  await t.rejects(
    open(store, { metrics: ['C_t'], from: 5, to: 2 }),
    /the first tick 5 is after the last tick 2/,
  );
  await t.rejects(open(store, { metrics: ['C_t'], every: 2, points: 5 }), /cannot be used together/);
});
