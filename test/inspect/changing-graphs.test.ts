/** Stored runs with a changing graph, full and compact, as read by every view. */
import t from 'tap';
import type { RunInputs, SlpEvent } from '../../lib/engine/inputs.js';
import { diffRuns, plotPoints, plotRun, replayRun, replayTick, verifyRun } from '../../lib/inspect/index.js';
import { ARTEFACT_KINDS } from '../../lib/session/records.js';
import { inputKey } from '../../lib/session/input-key.js';
import { MemoryStore } from '../../lib/store/index.js';
import { toyRun } from '../engine/toy-run.js';
import { collectRun } from '../session/collect-run.js';
import { keepAltered, keepRun, must, mustOpen } from './sample-store.js';

const EVENTS: readonly SlpEvent[] = [
  { event_id: 'a', tick_effective: 5, op_type: 'ADD_NODE', payload: { node_id: 4 } },
  { event_id: 'b', tick_effective: 5, op_type: 'ADD_EDGE', payload: { e_id: 3, i: 3, j: 4, k: 9, cap: 99 } },
  { event_id: 'c', tick_effective: 11, op_type: 'UPDATE_EDGE', payload: { e_id: 1, k: 2 } },
  { event_id: 'd', tick_effective: 14, op_type: 'REMOVE_NODE', payload: { node_id: 4 } },
];

const TICKS = 20;

function sample(slp?: readonly SlpEvent[]): RunInputs {
  const window = { window_id: 'W', apx_name: 'A', start_tick: 1, end_tick: TICKS, aeon_window_id: null };
  const chain = { name: 'C', source: 'prev_chain', scheme_hint: null, description: 'C' } as const;
  const inputs = toyRun({
    state: [90, 0, 7],
    edges: [
      { i: 1, j: 2, k: 9 },
      { i: 2, j: 3, k: 9 },
    ],
    profile: { I_block_spacing_W: 6, s_t_rule: { mode: 'prime_weighted' } },
    run: { ticks: TICKS, windows: [{ ...window, streams: [chain] }], primary_window_id: 'W' },
  });
  return slp === undefined ? inputs : { ...inputs, slp };
}

void t.test('every tick is derived from any earlier state, full and compact', async (t) => {
  const store = new MemoryStore();
  await keepRun(store, sample(EVENTS), { id: 'full-1', name: 'full', chunk_bytes: 700 });
  await keepRun(store, sample(EVENTS), {
    id: 'compact-1',
    name: 'compact',
    retain: 'compact',
    checkpoint_every: 4,
  });
  const [full, compact] = [await mustOpen(store, 'full'), await mustOpen(store, 'compact')];
  t.equal(full.record.result_digest, compact.record.result_digest, 'compact equals full');
  for (let tick = 1; tick <= TICKS; tick++) {
    t.same(must(await compact.ledger(tick)), must(await full.ledger(tick)), `ledger ${String(tick)}`);
    t.match(must(await replayTick(full, tick)), { ok: true }, `replay ${String(tick)}`);
    t.match(must(await replayTick(compact, tick)), { ok: true });
    t.equal((await full.topology(tick)).N, tick >= 5 && tick < 14 ? 4 : 3);
  }
  for (const view of [full, compact]) {
    t.match(await verifyRun(view), { ok: true });
    t.match(await replayRun(view), { ok: true });
  }
  t.match(await diffRuns(full, compact), { equal: true });
  t.same(
    (await full.events(5)).map(({ event_id }) => event_id),
    ['a', 'b'],
  );
  t.same(must(await full.uEntry(14)).slp_event_refs, ['d']);
  const kinds = full.record.artefacts.map(({ kind }) => kind);
  t.same(
    kinds,
    ARTEFACT_KINDS.filter((kind) => kinds.includes(kind)),
  );
});

void t.test('a state with a node too many or too few fails verification', async (t) => {
  const store = new MemoryStore();
  await keepRun(store, sample(EVENTS), { id: 'sound-1', name: 'sound' });
  const sound = await mustOpen(store, 'sound');
  const edit = (line: string): string => line.replace(/"pre_u":\[[^\]]*\]/, '"pre_u":[1,2,3,4,5]');
  await keepAltered(store, sound, { id: 'altered-1', kind: 'umx_ledger', edit, at: 4 });
  const { ok, broken } = await verifyRun(await mustOpen(store, 'altered-1'));
  t.equal(ok, false);
  t.ok(broken.some(({ tick, artefact }) => tick === 5 && artefact === 'umx_ledger'));
});

void t.test('an absent node is drawn as absent', async (t) => {
  const store = new MemoryStore();
  await keepRun(store, sample(EVENTS), { id: 'drawn-1', name: 'drawn' });
  const view = await mustOpen(store, 'drawn');
  const { state, columns } = await plotPoints(view);
  t.equal(state.length, 4);
  const last = state[3]!.low.map((low, n) => [columns[n], low] as const);
  t.same(
    last.filter(([, low]) => low === null).map(([tick]) => tick),
    [...Array.from({ length: 5 }, (_, n) => n), ...Array.from({ length: 7 }, (_, n) => n + 14)],
  );
  const svg = await plotRun(view);
  t.match(svg, '3 to 4 nodes, 2 to 3 edges');
  t.match(svg, 'node 4');
});

void t.test('events without effect change neither key nor result', (t) => {
  const plain = sample();
  t.equal(inputKey(sample(EVENTS)).key === inputKey(plain).key, false);
  const later: SlpEvent = { ...EVENTS[2]!, event_id: 'later', tick_effective: TICKS + 1 };
  t.equal(inputKey(sample([...EVENTS, later])).key, inputKey(sample(EVENTS)).key);
  t.same(
    collectRun(sample([...EVENTS, later])).texts['u_ledger'],
    collectRun(sample(EVENTS)).texts['u_ledger'],
  );
  t.end();
});
