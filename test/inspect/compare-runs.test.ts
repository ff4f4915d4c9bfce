import t from 'tap';
import { compareRuns, drawOverlay, readOverlay } from '../../lib/inspect/compare/index.js';
import { selectRuns, type SelectedRun } from '../../lib/inspect/selection/index.js';
import { MemoryStore } from '../../lib/store/index.js';
import { sampleInputs } from './sample-inputs.js';
import { keepRun } from './sample-store.js';

async function rows(store: MemoryStore): Promise<SelectedRun[]> {
  const selected = await selectRuns(store, { all_executions: true });
  if (!selected.ok) throw new Error(selected.problem.message);
  const found: SelectedRun[] = [];
  for await (const row of selected.value.read({ press: false })) found.push(row);
  return found;
}

void t.test('runs are compared with the first: differing fields and observables', async (t) => {
  const store = new MemoryStore();
  const base = { ticks: 8, every: 4 };
  await keepRun(store, sampleInputs(base), { id: 'a', name: 'a' });
  await keepRun(store, sampleInputs({ ...base, k: { 5: 3 } }), { id: 'b', name: 'b', retain: 'compact' });
  await keepRun(store, sampleInputs({ ...base, ticks: 9, k: { 2: 7 } }), {
    id: 'c',
    name: 'c',
    engine: '1.1.0',
  });
  await keepRun(store, sampleInputs(base), { id: 'd', name: 'd' });
  const found = await compareRuns(store, await rows(store));
  t.match(found, { v: 1, kind: 'RunComparison', more_inputs: false, without_inputs: [] });
  const inputs = new Map(
    found.inputs.map(({ document, pointer, values }) => [`${document} ${pointer}`, values]),
  );
  t.same(inputs.get('topology /edges/4/k'), [2, 3, 2, 2]);
  t.same(inputs.get('topology /edges/1/k'), [2, 2, 7, 2]);
  t.same(inputs.get('run /ticks'), [8, 8, 9, 8]);
  const observables = new Map(found.observables.map(({ name, values }) => [name, values]));
  t.same(observables.get('sum_u'), [650, 650, 650, 650]);
  t.ok(new Set(observables.get('C_T')).size > 1);
  t.match(found.pairs, [
    {
      name: 'b',
      equal: false,
      first: { artefact: 'umx_ledger' },
      cause: { documents: ['topology'] },
      unknown: null,
    },
    { name: 'c', equal: false, cause: { engine: { a: '1.0.0', b: '1.1.0' } } },
    { name: 'd', equal: true, first: null, unknown: null },
  ]);
});

void t.test('curves have the values of every run, stored or computed again', async (t) => {
  const store = new MemoryStore();
  const base = { ticks: 8, every: 4 };
  await keepRun(store, sampleInputs(base), { id: 'a', name: 'a' });
  await keepRun(store, sampleInputs(base), { id: 'b', name: 'b', retain: 'compact' });
  await keepRun(store, sampleInputs({ ...base, ticks: 12 }), { id: 'c', name: 'c' });
  await keepRun(store, sampleInputs(base), { id: 'd', name: 'd', stop_after: 0 });
  const selected = (await rows(store)).map((row) => (row.name === 'c' ? { ...row, name: 'c<&>' } : row));
  const overlay = await readOverlay(store, selected, ['sum_abs_flux', 'u[1]', 'press_bits']);
  if (!overlay.ok) throw new Error(overlay.problem.message);
  const [a, b, c, d] = overlay.value.runs;
  t.strictSame(overlay.value.metrics, ['sum_abs_flux', 'u[1]', 'press_bits']);
  t.strictSame(a!.curves, b!.curves);
  t.strictSame(
    c!.curves[0]!.map(([tick]) => tick),
    Array.from({ length: 12 }, (_, n) => n + 1),
  );
  t.ok(a!.curves[2]!.length < 8, 'only at ticks where windows close');
  t.strictSame(d!.curves, [[], [], []], 'a run without a tick has no curve');
  const svg = drawOverlay(overlay.value, [null, null, 9, null]);
  t.equal(svg, drawOverlay(overlay.value, [null, null, 9, null]));
  t.match(svg, /#3 c&lt;&amp;&gt;, c, differs from tick 9/);
  t.match(svg, /<title id="title">a and 3 more runs<\/title>/);
  t.equal([...svg.matchAll(/<path class="curve /g)].length, 9, 'three panels of three runs');
  t.notMatch(svg, /<script|NaN|Infinity|undefined/);
  t.match(await readOverlay(store, selected, ['u[77]']), { ok: false, problem: { message: /node 77/ } });
  t.match(await readOverlay(store, selected.slice(3)), {
    ok: false,
    problem: { message: /completed a tick/ },
  });
  const many = Array.from({ length: 13 }, () => selected[0]!);
  t.match(await readOverlay(store, many), { ok: false, problem: { message: /13 runs are too many/ } });
});
