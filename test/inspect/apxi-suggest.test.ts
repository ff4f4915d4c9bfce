import fc from 'fast-check';
import t from 'tap';
import type { ApxiDescriptor, RunInputs, Scheme } from '../../lib/engine/inputs.js';
import { AeonView } from '../../lib/inspect/aeon.js';
import { suggestApxi, type Suggestion } from '../../lib/inspect/apxi/suggest.js';
import { MemoryStore } from '../../lib/store/index.js';
import { toyRun } from '../engine/toy-run.js';
import { collectRun, records } from '../session/collect-run.js';
import { Draw } from '../session/draw.js';
import { keepRun, must, mustOpen } from './sample-store.js';

type ViewRecord = Record<'descriptors_by_stream', Record<string, readonly { readonly L_total: number }[]>>;

/** L_total that a run with this single descriptor records. */
function recorded(inputs: RunInputs, descriptor: ApxiDescriptor, scheme: Scheme): number {
  const descriptors = { [descriptor.stream_id]: [descriptor] };
  const apxi = { residual_scheme: scheme, descriptors };
  const windows = inputs.run.windows.map((window) => ({ ...window, apxi }));
  const { texts } = collectRun({ ...inputs, run: { ...inputs.run, windows } });
  const [view] = records<ViewRecord>(texts['apxi_views']!);
  return view!.descriptors_by_stream[descriptor.stream_id]![0]!.L_total;
}

function sample(draw: Draw): RunInputs {
  const ticks = draw.int(2, 9);
  const sources = ['post_u', 'fluxes', 'post_u_deltas', 'prev_chain', 'pre_u'] as const;
  const streams = draw
    .some(sources)
    .map((source) => ({ name: source, source, scheme_hint: null, description: source }));
  return toyRun({
    state: draw.list(1, 3, () => draw.int(-40, 40)),
    edges: [],
    profile: {
      modulus_M: draw.pick([7, 31]),
      C0: 3,
      press_defaults: {
        preferred_schemes: ['R'],
        accounting: draw.pick(['mdl-v0', 'varint-v1']),
        gr_max_p: 4,
      },
    },
    run: {
      ticks,
      windows: [
        { window_id: 'W', apx_name: 'A', start_tick: 1, end_tick: ticks, streams, aeon_window_id: null },
      ],
      primary_window_id: 'W',
    },
  });
}

void t.test('a suggestion has the cost that a run records, and no constant is better', async (t) => {
  let runs = 0;
  const property = fc.asyncProperty(fc.gen(), async (value) => {
    const draw = new Draw(value);
    const inputs = sample(draw);
    const scheme = draw.pick(['R', 'GR', 'ID'] as const);
    const store = new MemoryStore();
    await keepRun(store, inputs, { id: 'sample-1', retain: draw.pick(['full', 'compact']) });
    const { streams } = must(await suggestApxi(await mustOpen(store, 'sample'), undefined, scheme));
    for (const { suggestions } of streams) {
      for (const { descriptor, L_total } of suggestions) {
        runs++;
        const real = recorded(inputs, descriptor, scheme);
        if (real !== L_total) throw new Error(`${JSON.stringify(descriptor)}: ${String(real)} bits`);
      }
      const constant = suggestions.find(({ descriptor }) => descriptor.descriptor_type === 'CONST_SEGMENT');
      if (constant !== undefined) noBetter(inputs, constant, scheme);
    }
  });
  await fc.assert(property, { seed: 14, numRuns: 25 });
  t.ok(runs > 40, String(runs));
});

/** Tries every constant near the suggested one. */
function noBetter(inputs: RunInputs, { descriptor, L_total }: Suggestion, scheme: Scheme): void {
  for (let value = -45; value <= 45; value++) {
    const other = { ...descriptor, descriptor_type: 'CONST_SEGMENT', params: { value } } as const;
    if (recorded(inputs, other, scheme) < L_total) throw new Error(`${String(value)} is better`);
  }
}

void t.test('the shortest period of a stream and a trend are found', async (t) => {
  const store = new MemoryStore();
  const window = { window_id: 'W', apx_name: 'A', start_tick: 1, end_tick: 6, aeon_window_id: 'day' };
  const state = { name: 's', source: 'post_u', scheme_hint: null, description: 's' } as const;
  // Every tick adds 1, -1, 1, ...: the state is 6, 5, 6, 5, 6, 5.
  const pfna = Object.fromEntries(Array.from({ length: 6 }, (_, q) => [q + 1, [[q % 2 === 0 ? 1 : -1]]]));
  const run = { ticks: 6, windows: [{ ...window, streams: [state] }], primary_window_id: 'W' };
  await keepRun(store, toyRun({ state: [5], edges: [], pfna, run }), { id: 'wave-1', name: 'wave' });
  const wave = must(await suggestApxi(await mustOpen(store, 'wave'), 1, undefined));
  t.match(wave.streams[0]!.suggestions.at(-1), {
    descriptor: {
      descriptor_type: 'RUN_SEGMENT',
      params: { pattern: [6, 5], repeats: 3 },
      window_id: 'day',
      stream_id: 's',
    },
    L_total: 1,
  });
  const rising = Object.fromEntries(Array.from({ length: 6 }, (_, q) => [q + 1, [[4]]]));
  await keepRun(store, toyRun({ state: [5], edges: [], pfna: rising, run }), { id: 'ramp-1', name: 'ramp' });
  const ramp = must(await suggestApxi(await mustOpen(store, 'ramp'), 'W', 'GR'));
  const trend = ramp.streams[0]!.suggestions.find((s) => s.descriptor.descriptor_type === 'LINEAR_TREND');
  t.match(trend, { descriptor: { params: { intercept: 9, slope: 4, start_tick: 0 } }, L_residual: 0 });
  t.match(await suggestApxi(await mustOpen(store, 'ramp'), 'V', 'GR'), { ok: false });
});

void t.test('AEON windows are found by tick, parent, children and range', (t) => {
  const base = { labels: [], press_window_id: null, source_ids: null };
  const windows = [
    { ...base, window_id: 'all', tick_start: 1, tick_end: 8, parent_id: null, source_ids: ['a', 'b'] },
    { ...base, window_id: 'a', tick_start: 1, tick_end: 4, parent_id: 'all' },
    { ...base, window_id: 'b', tick_start: 5, tick_end: 8, parent_id: 'all', press_window_id: 'A' },
  ];
  const inputs = toyRun();
  const view = new AeonView({ windows: [windows[1]!, windows[0]!, windows[2]!] }, [
    { ...inputs.run.windows[0]!, window_id: 'W', apx_name: 'A', aeon_window_id: 'all' },
  ]);
  t.same(view.covering(4), ['a', 'all']);
  t.same(view.covering(5), ['all', 'b']);
  t.same(view.covering(9), []);
  t.match(must(view.window('all')), {
    tick_start: 1,
    tick_end: 8,
    children: ['a', 'b'],
    press_windows: ['W'],
  });
  t.match(must(view.window('b')), { parent_id: 'all', children: [], press_windows: ['W'] });
  t.match(view.window('al'), { ok: false });
  t.end();
});
