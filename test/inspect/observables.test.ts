import assert from 'node:assert/strict';
import fc from 'fast-check';
import t from 'tap';
import { deriveObservables } from '../../lib/inspect/observables/derive-observables.js';
import { selectRuns } from '../../lib/inspect/selection/index.js';
import { RunObserver } from '../../lib/session/run-observer.js';
import { Session } from '../../lib/session/session.js';
import type { RunInputs } from '../../lib/engine/inputs.js';
import { MemoryStore } from '../../lib/store/index.js';
import type { RunObservables } from '../../lib/base/observables.js';
import { Draw } from '../session/draw.js';
import { withGraphs } from '../session/random-graphs.js';
import { randomInputs } from '../session/random-inputs.js';
import { sampleInputs } from './sample-inputs.js';
import { keepRun } from './sample-store.js';
import { runId } from '../ids.js';

function observablesOf(inputs: RunInputs): RunObservables | null {
  const session = new Session({ inputs, sink: { open: () => undefined, chunk: () => undefined } });
  while (session.step());
  session.finish();
  return session.observables;
}

void t.test('observables of the session equal those of the artefacts, full and compact', async (t) => {
  let compared = 0;
  const property = fc.asyncProperty(fc.gen(), async (value) => {
    const draw = new Draw(value);
    const plain = randomInputs(draw);
    const inputs = draw.oneIn(3) ? withGraphs(draw, plain) : plain;
    const seen = observablesOf(inputs);
    const store = new MemoryStore();
    for (const retain of ['full', 'compact'] as const) {
      const { state, ticks_completed } = await keepRun(store, inputs, { id: retain, retain });
      const derived = await deriveObservables(store, runId(retain));
      if (ticks_completed === 0) assert.equal(derived, null);
      else if (state === 'faulted') assert.equal(seen, null, 'computed from the artefacts only');
      else {
        assert.deepEqual(derived, seen);
        compared++;
      }
    }
  });
  await fc.assert(property, { numRuns: 120 });
  t.ok(compared > 60, String(compared));
});

void t.test('the published example has the expected observables', (t) => {
  const inputs = sampleInputs();
  const observables = observablesOf(inputs)!;
  const { post_u } = lastState(inputs);
  t.equal(
    observables.sum_u,
    post_u.reduce((sum, value) => sum + value, 0),
  );
  t.equal(observables.max_u, Math.max(...post_u));
  t.equal(observables.min_u, Math.min(...post_u));
  t.equal(observables.nonzero_nodes, post_u.filter((value) => value !== 0).length);
  t.end();
});

function lastState(inputs: RunInputs): { readonly post_u: readonly number[] } {
  const session = new Session({ inputs, sink: { open: () => undefined, chunk: () => undefined } });
  while (session.step());
  return { post_u: Array.from(session.view.post_u) };
}

void t.test('settled_at is the tick after the last flux, null while there is flux', (t) => {
  const end = { post_u: [1], C_t: 5, sum_abs_flux: 0 };
  const settled = (...fluxes: number[]): number | null => {
    const observer = new RunObserver('W');
    fluxes.forEach((sum_abs_flux, n) => {
      observer.tick(n + 1, { sum_abs_flux });
    });
    return observer.result(fluxes.length, end).settled_at;
  };
  t.equal(settled(0, 0, 0), 0);
  t.equal(settled(4, 0, 2, 0, 0), 3);
  t.equal(settled(0, 0, 2), null);
  t.end();
});

void t.test('sums beyond 2^53 are exact decimal texts', (t) => {
  const observer = new RunObserver('W');
  const stream = (stream_id: string, L_total: number) => ({ stream_id, L_total });
  const most = Number.MAX_SAFE_INTEGER;
  observer.window({ window_id: 'W', streams: [stream('a', most), stream('b', 2)] } as never);
  const { press_bits, total_abs_flux } = observer.result(1, {
    post_u: [most, -most, most],
    C_t: 0,
    sum_abs_flux: 2n ** 53n + 1n,
  });
  t.equal(press_bits, '9007199254740993');
  t.equal(total_abs_flux, '9007199254740993');
  t.end();
});

void t.test('a record has the bits of a limited number of windows; others come from manifests', async (t) => {
  const inputs = sampleInputs();
  const many = Array.from({ length: 40 }, (_, n) => ({
    ...inputs.run.windows[0]!,
    window_id: `V${String(n)}`,
    apx_name: `A${String(n)}`,
  }));
  const crowded = { ...inputs, run: { ...inputs.run, windows: [...inputs.run.windows, ...many] } };
  const seen = observablesOf(crowded)!;
  t.equal(seen.press, null);
  t.type(seen.press_bits, 'number');
  const store = new MemoryStore();
  const record = await keepRun(new MemoryStore(), crowded, { id: 'r' });
  await keepRun(store, crowded, { id: 'old' });
  const stream = crowded.run.windows[0]!.streams[0]!.name;
  const derived = (await deriveObservables(store, runId('old')))!;
  const bits = derived.press!['V7']![stream]!;
  for (const where of [`press_bits.V7.${stream}=${String(bits)}`, `press_bits=${String(seen.press_bits)}`]) {
    const selected = await selectRuns(store, { where: [where] });
    if (!selected.ok) throw new Error(selected.problem.message);
    const rows = [];
    for await (const row of selected.value) rows.push(row);
    t.equal(rows.length, 1, where);
  }
  const misspelt = await selectRuns(store, { where: [`press_bits.V7.${stream}x>0`] });
  t.match(misspelt, {
    ok: false,
    problem: { message: `there is no column press_bits.V7.${stream}x`, near: [`press_bits.V7.${stream}`] },
  });
  t.equal(record.observables, undefined, 'records of older versions have no observables');
});
