import t from 'tap';
import { runHistory, type History } from '../../lib/inspect/history/index.js';
import { MemoryStore, type BatchRecord, type RunRecord } from '../../lib/store/index.js';
import { sampleBatch } from '../store/sample-batch.js';
import { sampleInputs } from './sample-inputs.js';
import { keepRun } from './sample-store.js';
import { runId } from '../ids.js';

type Outcome = BatchRecord['outcomes'][number];

function outcome(name: string, run: RunRecord, change: Partial<Outcome> = {}): Outcome {
  const { id, input_key, result_digest } = run;
  return {
    name,
    input_key,
    state: 'completed',
    run: id,
    result_digest,
    duration_ms: 20,
    ok: true,
    measured_ms: 20,
    failure: null,
    ...change,
  };
}

const GOLDENS = {
  scope: 'judged',
  why: null,
  wanted: 1,
  agree: 0,
  changed: 1,
  missing: 0,
  damaged: 0,
  obsolete: 0,
  not_judged: 0,
  accepted: 0,
  removed: 0,
  issues: [{ name: 'ring[n=1]', code: 'GOLDEN_CHANGED', ok: false, reason: 'differs' }],
} as const;

async function nights(): Promise<MemoryStore> {
  const store = new MemoryStore();
  const inputs = { ticks: 8, every: 4 };
  const first = await keepRun(store, sampleInputs(inputs), { id: 'first', name: 'ring[n=1]' });
  const again = await keepRun(store, sampleInputs(inputs), { id: 'again', name: 'ring[n=1]' });
  const wider = await keepRun(
    store,
    sampleInputs({ ...inputs, k: { 5: 3 }, initial: [0, 640, 0, 0, 0, 0] }),
    {
      id: 'wider',
      name: 'ring[n=1]',
      engine: '1.1.0',
    },
  );
  // Batches arrive in this order; the clock was set back before the third.
  const days = ['01', '02', '01', '04', '05'];
  const outcomes: Outcome[][] = [
    [outcome('ring[n=1]', first), outcome('other', first)],
    [outcome('ring[n=1]', first, { state: 'cached', duration_ms: 0 }), outcome('ring[n=2]', first)],
    [outcome('ring[n=1]', wider)],
    [outcome('other', first)],
    [
      outcome('ring[n=1]', again, { measured_ms: 400 }),
      outcome('ring[n=2]', first, {
        run: null,
        result_digest: null,
        state: 'not_started',
        ok: false,
        measured_ms: null,
      }),
    ],
  ];
  for (const [n, list] of outcomes.entries()) {
    const verdict =
      n === 2 ? ({ goldens: GOLDENS } as unknown as NonNullable<BatchRecord['verdict']>) : undefined;
    const started_at = `2025-01-${days[n]!}T00:00:00.000Z`;
    await store.putBatch(
      sampleBatch({ id: `night-${String(n + 1)}`, started_at, outcomes: list, ...(verdict && { verdict }) }),
    );
  }
  return store;
}

async function history(
  store: MemoryStore,
  name: string,
  limits: { since?: string; limit?: number } = {},
): Promise<History> {
  const found = await runHistory(store, name, { limit: 20, ...limits });
  if (!found.ok) throw new Error(found.what);
  return found.value;
}

void t.test('history lists result, cause, golden and time of a run, the latest batch first', async (t) => {
  const found = await history(await nights(), 'ring[n=1]');
  t.match(found, { v: 1, kind: 'History', of: 'run', more: false });
  t.match(found.entries, [
    {
      batch: 'night-5',
      result: 'changed',
      executed: 1,
      engines: ['1.0.0'],
      speed: 'slower',
      measured_ms: 400,
    },
    {
      batch: 'night-3',
      result: 'changed',
      engines: ['1.1.0'],
      golden: 'GOLDEN_CHANGED',
      changes: [
        {
          name: 'ring[n=1]',
          cause: {
            engine: { a: '1.0.0', b: '1.1.0' },
            inputs: [{ pointer: '/edges/4/k', a: 2, b: 3 }, { document: 'run' }, { document: 'run' }],
          },
          first: { tick: 1, artefact: 'umx_ledger' },
          unknown: null,
        },
      ],
    },
    { batch: 'night-2', result: 'same', cached: 1, executed: 0, speed: null, golden: null },
    { batch: 'night-1', result: 'first', executed: 1, changes: [] },
  ]);
  t.equal(found.entries.length, 4, 'a batch without the run is omitted');
});

void t.test('a scenario has one entry per batch with all its runs', async (t) => {
  const found = await history(await nights(), 'ring');
  t.equal(found.of, 'scenario');
  t.match(
    found.entries.map(({ runs, bad, result }) => [runs, bad, result]),
    [
      [2, 1, 'changed'],
      [1, 0, 'changed'],
      [2, 0, 'same'],
      [1, 0, 'first'],
    ],
  );
  t.not(found.entries[0]?.result_digest, null);
});

void t.test('the oldest shown entry is compared with the previous one', async (t) => {
  const store = await nights();
  const last = await history(store, 'ring[n=1]', { limit: 2 });
  t.match(
    last.entries.map(({ batch, result }) => [batch, result]),
    [
      ['night-5', 'changed'],
      ['night-3', 'changed'],
    ],
  );
  t.equal(last.more, true);
  const recent = await history(store, 'ring[n=1]', { since: '2025-01-03T00:00:00.000Z' });
  t.match(
    recent.entries.map(({ batch, result }) => [batch, result]),
    [['night-5', 'changed']],
  );
});

void t.test('other inputs with the same result, removed runs and unknown names are reported', async (t) => {
  const store = new MemoryStore();
  const one = await keepRun(store, sampleInputs({ ticks: 4 }), { id: 'one', name: 'x' });
  const two = await keepRun(store, sampleInputs({ ticks: 5 }), { id: 'two', name: 'x' });
  const steps = [
    outcome('x', one),
    outcome('x', one, { input_key: two.input_key }),
    outcome('x', two, { run: runId('gone') }),
  ];
  for (const [n, step] of steps.entries())
    await store.putBatch(sampleBatch({ id: `b-${String(n)}`, outcomes: [step] }));
  const { entries } = await history(store, 'x');
  t.match(entries[0], {
    result: 'changed',
    engines: [],
    changes: [{ cause: null, unknown: 'there is no run gone' }],
  });
  t.match(entries[1], { result: 'same', other_inputs: ['x'] });
  t.match(await runHistory(store, 'y', { limit: 5 }), {
    ok: false,
    what: 'run or scenario y in any batch',
  });
  t.match(await runHistory(store, 'xx', { limit: 5 }), { ok: false, near: ['x'] });
});

void t.test('the golden verdict of a name comes from the batch record', async (t) => {
  const store = new MemoryStore();
  const run = await keepRun(store, sampleInputs({ ticks: 8, every: 4 }), { id: 'one', name: 'ring[n=1]' });
  const verdict = { goldens: { ...GOLDENS, issues: [] } } as unknown as NonNullable<BatchRecord['verdict']>;
  const goldens = [
    ['agrees', 'agrees'],
    ['accepted', 'agrees'],
    [null, 'agrees'],
    [undefined, undefined],
  ] as const;
  for (const [n, pair] of goldens.entries()) {
    const outcomes = pair.map((golden, at) => ({
      ...outcome(`ring[n=${String(at + 1)}]`, run),
      ...(golden !== undefined && { golden }),
    }));
    await store.putBatch(sampleBatch({ id: `batch-${String(n)}`, outcomes, verdict }));
  }
  const words = async (name: string): Promise<readonly (string | null)[]> =>
    (await history(store, name)).entries.map(({ golden }) => golden);
  t.strictSame(await words('ring[n=1]'), ['judged', 'none', 'accepted', 'agrees'], 'one run');
  t.strictSame(await words('ring'), ['judged', 'judged', 'judged', 'agrees'], 'all runs of a scenario');
});
