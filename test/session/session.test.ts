import t from 'tap';
import type { RunInputs } from '../../lib/engine/inputs.js';
import { Session } from '../../lib/session/session.js';
import type { RunEvent } from '../../lib/telemetry/events.js';
import { toyRun } from '../engine/toy-run.js';
import { BUSY_WINDOWS, busyRun } from './busy-run.js';
import { collectRun, MemorySink, records } from './collect-run.js';

/** Kinds of artefacts of which a stopped run keeps a prefix. */
const TICK_KINDS = [
  'umx_ledger',
  'loom_p_blocks',
  'loom_i_blocks',
  'loom_chain',
  'apx_manifests',
  'apx_candidates',
];
const COMMIT_KINDS = ['nap_envelopes', 'u_ledger'];

void t.test('a run stopped after k ticks has a prefix of the records of the whole run', (t) => {
  const whole = collectRun(busyRun());
  for (let k = 0; k < 12; k++) {
    const { outcome, texts } = collectRun(busyRun(), { stop_after: k });
    t.strictSame(outcome, { state: 'cancelled', ticks_completed: k });
    t.equal(records(texts['umx_ledger']!).length, k);
    t.equal(texts['metrics'], '');
    for (const kind of [...TICK_KINDS, ...COMMIT_KINDS]) {
      if (!whole.texts[kind]!.startsWith(texts[kind]!)) t.fail(`${kind} after ${String(k)} ticks`);
    }
  }
  t.end();
});

void t.test('ticks are committed as soon as their window has closed', (t) => {
  const committed = (k: number): number =>
    records(collectRun(busyRun(), { stop_after: k }).texts['u_ledger']!).length;
  // Tick 1 belongs to A (ends at 3), ticks 2 to 7 to the primary B, the rest to C.
  t.strictSame([0, 2, 3, 6, 7, 11].map(committed), [0, 0, 1, 1, 7, 7]);
  t.end();
});

void t.test('a faulted run keeps the ticks before the fault', (t) => {
  const whole = collectRun(busyRun());
  const { outcome, texts } = collectRun(busyRun({}, { 9: [[Number.MAX_SAFE_INTEGER, 0, 0]] }));
  t.match(outcome, {
    state: 'faulted',
    ticks_completed: 8,
    fault: { code: 'INT_RANGE', tick: 9, place: 'node 1' },
  });
  t.equal(records(texts['umx_ledger']!).length, 8);
  for (const kind of [...TICK_KINDS, ...COMMIT_KINDS]) {
    t.ok(texts[kind] !== '' && whole.texts[kind]!.startsWith(texts[kind]!), kind);
  }
  t.end();
});

void t.test('step returns true while ticks are left and then does nothing', (t) => {
  const session = new Session({ inputs: toyRun({ run: { ticks: 2 } }), sink: new MemorySink() });
  t.strictSame([session.ticks_total, session.ticks_completed], [2, 0]);
  t.strictSame([session.step(), session.step(), session.step()], [true, false, false]);
  t.equal(session.ticks_completed, 2);
  t.equal(session.metrics, null, 'not before finish()');
  t.strictSame(session.finish(), { state: 'completed', ticks_completed: 2 });
  t.match(session.metrics, { total_ticks: 2, uledger_entries: 2 });
  t.end();
});

void t.test('a watcher receives the tick that has just been computed', (t) => {
  const sink = new MemorySink();
  const session = new Session({ inputs: busyRun(), sink, chunk_bytes: 1 });
  t.match(session.view, { tick: 0, windows_closed: 0 });
  for (let tick = 1; tick <= 12; tick++) {
    session.step();
    const { view } = session;
    const ledger = records<{ post_u: number[]; sum_post_u: number; edges: { f_e: number }[] }>(
      sink.texts['umx_ledger']!,
    ).at(-1)!;
    const block = records<{ C_t: number; s_t: number }>(sink.texts['loom_p_blocks']!).at(-1)!;
    t.strictSame([...view.post_u], ledger.post_u);
    t.strictSame(
      [...view.f_e],
      ledger.edges.map(({ f_e }) => f_e),
    );
    t.strictSame(
      [view.tick, view.C_t, view.s_t, view.sum_u],
      [tick, block.C_t, block.s_t, ledger.sum_post_u],
    );
    t.equal(view.windows_closed, BUSY_WINDOWS.filter(({ end_tick }) => end_tick <= tick).length);
    t.equal(view.envelopes.total, records(sink.texts['nap_envelopes']!).length);
  }
  t.end();
});

void t.test('metrics are kept only if requested', (t) => {
  const { texts, session } = collectRun(toyRun({ run: { metrics_enabled: false } }));
  t.equal(texts['metrics'], undefined);
  t.equal(session.metrics, null);
  t.end();
});

void t.test('optional artefacts exist exactly if the documents request them', (t) => {
  const kinds = (inputs: RunInputs): string[] => Object.keys(collectRun(inputs).texts);
  const always = ['inputs', ...TICK_KINDS, ...COMMIT_KINDS, 'metrics'];
  t.strictSame(kinds(toyRun()), always);
  t.strictSame(kinds(busyRun()).slice(always.length), ['pfna']);
  const governance = { governance_mode: 'OBSERVE', codex_action_mode: 'OBSERVE' } as const;
  t.strictSame(kinds(toyRun({ governance })).slice(always.length), [
    'governance',
    'codex_motifs',
    'codex_proposals',
  ]);
  t.end();
});

void t.test('events are emitted in order and never change the run', (t) => {
  const events: RunEvent[] = [];
  const sink = new MemorySink();
  const session = new Session({ inputs: busyRun(), sink, emit: (event) => events.push(event) });
  while (session.step());
  session.finish();
  t.strictSame(sink.texts, collectRun(busyRun()).texts);
  const closed = (tick: number): string[] =>
    BUSY_WINDOWS.filter((w) => w.end_tick === tick).map(() => 'window_closed');
  const ticks = Array.from({ length: 12 }, (_, at) => [...closed(at + 1), 'tick_complete']).flat();
  t.strictSame(
    events.map(({ type }) => type),
    ['run_start', 'tick_loop_start', ...ticks, 'run_end'],
  );
  const last = records<{ C_t: number; s_t: number }>(sink.texts['loom_p_blocks']!).at(-1)!;
  t.match(events.at(-2), { type: 'tick_complete', tick: 12, C_t: last.C_t, s_t: last.s_t });
  t.match(events.at(-1), { ticks_completed: 12, uledger_last_hash: session.metrics!.uledger_last_hash });
  t.end();
});

void t.test('a fault is reported once', (t) => {
  const events: RunEvent[] = [];
  const inputs = toyRun({ state: [Number.MAX_SAFE_INTEGER, 1], edges: [] });
  const session = new Session({ inputs, sink: new MemorySink(), emit: (event) => events.push(event) });
  session.step();
  session.finish();
  t.match(
    events.filter(({ type }) => type === 'fault'),
    [{ code: 'INT_RANGE', tick: 1 }],
  );
  t.match(events.at(-1), { type: 'run_end', ticks_completed: 0, uledger_last_hash: null });
  t.end();
});
