import t from 'tap';
import { sha256 } from '../../lib/base/digest.js';
import { verifyRun } from '../../lib/inspect/index.js';
import type { Broken } from '../../lib/inspect/verify/verify-run.js';
import { inputContradiction } from '../../lib/inspect/verify/input-contradiction.js';
import { MemoryStore } from '../../lib/store/index.js';
import type { RunObservables } from '../../lib/base/observables.js';
import { sampleInputs } from './sample-inputs.js';
import { keepAltered, keepRun, mustOpen, type KeptAs } from './sample-store.js';
import { runId } from '../ids.js';

const INPUTS = {
  ticks: 20,
  every: 6,
  governed: true,
  pfna: { 0: [1, 0, 0, 0, 0, 0], 7: [0, 0, 5, 0, 0, 0] },
};

for (const retain of ['full', 'compact'] as const) {
  void t.test(`an intact ${retain} run passes verification`, async (t) => {
    const store = new MemoryStore();
    await keepRun(store, sampleInputs(INPUTS), { id: 'r', retain, chunk_bytes: 900 });
    const report = await verifyRun(await mustOpen(store, 'r'));
    t.same(report.broken, []);
    t.equal(report.ok, true);
    t.equal(report.passed.length, retain === 'full' ? 9 : 6);
    t.equal(report.unstored.includes('umx_ledger'), retain === 'compact');
  });
}

void t.test('runs that were stopped or faulted are verified up to their end', async (t) => {
  const store = new MemoryStore();
  await keepRun(store, sampleInputs(INPUTS), { id: 'cut', stop_after: 9 });
  const big = 2 ** 53 - 1;
  const fault = sampleInputs({ ...INPUTS, governed: false, initial: [big - 1, 0, 0, 0, 0, 0] });
  const record = await keepRun(store, fault, { id: 'fault' });
  t.equal(record.state, 'faulted');
  for (const id of ['cut', 'fault']) t.same((await verifyRun(await mustOpen(store, id))).broken, [], id);
});

/** Each changes one value in one stored record with matching digests, and must be found at its tick and field. */
const ALTERATIONS = [
  ['umx_ledger', 9, (l: string) => l.replace(/"f_e":(-?\d+)/, '"f_e":777'), 10, 'umx_ledger', 'post_u'],
  ['umx_ledger', 9, (l: string) => l.replace(/"z_check":\d+/, '"z_check":1'), 10, 'umx_ledger', 'z_check'],
  ['umx_ledger', 9, (l: string) => l.replace(/"raw":\d+/, '"raw":99'), 10, 'u_ledger', 'umx_ledger_hash'],
  ['umx_ledger', 4, () => '{"tick":5}', 5, 'umx_ledger', ''],
  ['loom_p_blocks', 4, (l: string) => l.replace(/"C_t":\d+/, '"C_t":5'), 5, 'loom_p_blocks', 'C_t'],
  ['loom_p_blocks', 4, (l: string) => l.replace('"v1"', '"v2"'), 5, 'loom_chain', 'link_hash'],
  [
    'loom_i_blocks',
    1,
    (l: string) => l.replace(/"post_u":\[\d+/, '"post_u":[0'),
    16,
    'loom_i_blocks',
    'post_u',
  ],
  ['loom_i_blocks', 1, (l: string) => l.replace('"W":8', '"W":9'), 16, 'loom_chain', 'link_hash'],
  [
    'loom_chain',
    8,
    (l: string) => l.replace(/"merkle_root":"./, '"merkle_root":"x'),
    8,
    'loom_chain',
    'merkle_root',
  ],
  [
    'loom_chain',
    2,
    (l: string) => l.replace(/"link_hash":"./, '"link_hash":"x'),
    3,
    'loom_chain',
    'link_hash',
  ],
  [
    'apx_manifests',
    1,
    (l: string) => l.replace(/"L_total":\d+/, '"L_total":1'),
    12,
    'apx_manifests',
    'manifest_check',
  ],
  [
    'nap_envelopes',
    13,
    (l: string) => l.replace('"sig":""', '"sig":"x"'),
    6,
    'u_ledger',
    'nap_envelope_hash',
  ],
  [
    'u_ledger',
    6,
    (l: string) => l.replace('"slp_event_refs":[]', '"slp_event_refs":["x"]'),
    8,
    'u_ledger',
    'prev_entry_hash',
  ],
  [
    'u_ledger',
    6,
    (l: string) => l.replace(/"window_id":"[^"]*"/, '"window_id":"W_1_6"'),
    7,
    'u_ledger',
    'manifest_check',
  ],
] as const;

void t.test('every altered value is found at its tick and field', async (t) => {
  const store = new MemoryStore();
  await keepRun(store, sampleInputs(INPUTS), { id: 'r', chunk_bytes: 900 });
  const original = await mustOpen(store, 'r');
  for (const [n, [kind, at, edit, tick, artefact, field]] of ALTERATIONS.entries()) {
    await keepAltered(store, original, { id: `altered-${n}`, kind, at, edit });
    const { broken } = await verifyRun(await mustOpen(store, `altered-${n}`));
    t.match(
      broken.find((b) => b.tick !== null),
      { tick, artefact, field },
      `${kind} ${at}: ${field}`,
    );
    t.ok(
      broken.some((b) => b.field === 'result_digest'),
      'the result digest differs',
    );
  }
});

void t.test('an invalid line under correct digests is reported', async (t) => {
  const store = new MemoryStore();
  await keepRun(store, sampleInputs(INPUTS), { id: 'r', observed: true });
  const original = await mustOpen(store, 'r');
  const kinds = ['umx_ledger', 'loom_p_blocks', 'loom_chain', 'nap_envelopes', 'u_ledger', 'apx_manifests'];
  for (const [n, kind] of kinds.entries()) {
    for (const [m, text] of ['null', '{"tick":'].entries()) {
      const id = `x-${String(n)}-${String(m)}`;
      await keepAltered(store, original, {
        id,
        kind,
        at: kind === 'apx_manifests' ? 0 : 2,
        edit: () => text,
      });
      const { broken } = await verifyRun(await mustOpen(store, id));
      t.ok(
        broken.some(({ artefact, field }) => artefact === kind && field !== 'digest'),
        `${kind} ${text}`,
      );
    }
  }
});

void t.test('a run record that contradicts its artefacts is reported', async (t) => {
  const store = new MemoryStore();
  const record = await keepRun(store, sampleInputs(INPUTS), { id: 'r' });
  const { tip } = { tip: record.result_digest };
  for (const [change, field] of [
    [{ loom: { ...record.loom, tip } }, 'loom/tip'],
    [{ inputs: { ...record.inputs, topology: tip } }, 'inputs/topology'],
    [{ input_key: tip }, 'input_key'],
    [{ metrics: { ...(record.metrics as object), uledger_last_hash: tip } }, 'metrics/uledger_last_hash'],
  ] as const) {
    const id = `claims-${field.replace('/', '-').replaceAll('_', '-')}`;
    await store.publish({
      record: { ...record, ...change, id: runId(id), name: id },
      blobs: [],
      cacheable: false,
    });
    t.match((await verifyRun(await mustOpen(store, id))).broken, [{ tick: null, artefact: 'record', field }]);
  }
});

/** A wrong value for each observable. */
const CLAIMED: RunObservables = {
  sum_u: -1,
  min_u: -9,
  max_u: 999,
  nonzero_nodes: 0,
  total_abs_flux: '9007199254740993',
  settled_at: 3,
  C_T: 1,
  press_bits: 1,
  press: null,
  codex_motifs: 77,
  proposals_accepted: 77,
};
type Name = keyof RunObservables;

/**
 * Ways to keep runs, and the observables that cannot be checked then: bytes that are not stored, a Codex that
 * did not complete.
 */
const OBSERVED_RUNS: readonly (readonly [what: string, as: Partial<KeptAs>, untold: readonly Name[]])[] = [
  ['full', { chunk_bytes: 900 }, []],
  [
    'compact',
    { retain: 'compact' },
    [
      ...['sum_u', 'min_u', 'max_u', 'nonzero_nodes', 'total_abs_flux', 'settled_at'],
      'proposals_accepted',
    ] as Name[],
  ],
  ['cancelled', { stop_after: 7 }, ['codex_motifs', 'proposals_accepted']],
];

for (const [what, as, untold] of OBSERVED_RUNS) {
  void t.test(`observables of a ${what} run are compared with its artefacts`, async (t) => {
    const store = new MemoryStore();
    const record = await keepRun(store, sampleInputs(INPUTS), { id: 'r', observed: true, ...as });
    const honest = record.observables!;
    const claim = async (id: string, claims: Partial<RunObservables>): Promise<readonly Broken[]> => {
      const observables = { ...honest, ...claims };
      await store.publish({
        record: { ...record, id: runId(id), name: id, observables },
        blobs: [],
        cacheable: false,
      });
      return (await verifyRun(await mustOpen(store, id))).broken;
    };
    t.strictSame(await claim('honest', {}), []);
    const names = Object.keys(CLAIMED) as Name[];
    for (const [n, name] of names.entries()) {
      const [field, expected, found] = [`observables/${name}`, honest[name], CLAIMED[name]];
      t.strictSame(
        await claim(`one-${String(n)}`, { [name]: found }),
        untold.includes(name) ? [] : [{ tick: null, artefact: 'record', field, expected, found }],
        name,
      );
    }
    t.strictSame(
      (await claim('all', CLAIMED)).map(({ field }) => field).sort(),
      names
        .filter((name) => !untold.includes(name))
        .map((name) => `observables/${name}`)
        .sort(),
      'all wrong observables',
    );
    const [window, streams] = Object.entries(honest.press!)[0]!;
    const [stream, bits] = Object.entries(streams)[0]!;
    const press = { ...honest.press, [window]: { ...streams, [stream]: bits + 1 } };
    t.match(await claim('press', { press }), [
      { field: `observables/press/${window}/${stream}`, expected: bits, found: bits + 1 },
    ]);
  });
}

void t.test('the record of a run is compared with the bytes of its inputs', async (t) => {
  const store = new MemoryStore();
  const record = await keepRun(store, sampleInputs(INPUTS), { id: 'r' });
  const inputs = record.artefacts.find(({ kind }) => kind === 'inputs')!;
  const bytes = await store.blob(inputs.chunks[0]!.digest);
  const other = sha256('other');
  t.equal(inputContradiction(record, bytes), undefined);
  t.match(inputContradiction({ ...record, input_key: other }, bytes), / input_key /);
  t.match(
    inputContradiction({ ...record, inputs: { ...record.inputs, pfna: other } }, bytes),
    / inputs\/pfna /,
  );
  t.match(inputContradiction({ ...record, ticks_total: 2 ** 53 - 1 }, bytes), / ticks_total /);
  for (const text of ['', 'null', '{}', '{"topology":{}}']) {
    t.match(inputContradiction(record, Buffer.from(text)), /not the inputs of a run/, text);
  }
  const foreign = { ...record, input_key: other, engine: { ...record.engine, version: '0.9.0' } };
  t.equal(inputContradiction(foreign, bytes), undefined, 'keys of other engine versions are not checked');
});

class Hiding extends MemoryStore {
  hidden: string | undefined;
  override async blob(digest: Parameters<MemoryStore['blob']>[0]): Promise<Uint8Array> {
    return super.blob(digest === this.hidden ? (digest.replace(/./g, '0') as never) : digest);
  }
}

void t.test('missing and damaged blobs are reported, and others are still checked', async (t) => {
  const store = new Hiding();
  const record = await keepRun(store, sampleInputs(INPUTS), { id: 'r', chunk_bytes: 900 });
  const chunk = record.artefacts.find(({ kind }) => kind === 'loom_p_blocks')!.chunks[2]!;
  store.hidden = chunk.digest;
  const { ok, broken } = await verifyRun(await mustOpen(store, 'r'));
  t.equal(ok, false);
  t.same(broken, [
    {
      tick: chunk.first_tick,
      artefact: 'loom_p_blocks',
      field: 'chunks/2/digest',
      expected: chunk.digest,
      found: 'missing blob',
    },
    // The blocks after the hole cannot be read, so the chain ends before its recorded tip.
    ...broken.slice(1),
  ]);
});

void t.test('the report begins with the missing blob of any artefact', async (t) => {
  const store = new Hiding();
  const record = await keepRun(store, sampleInputs(INPUTS), { id: 'r' });
  for (const { kind, chunks } of record.artefacts) {
    store.hidden = chunks[0]?.digest;
    if (store.hidden === undefined) continue;
    const { ok, broken, damaged } = await verifyRun(await mustOpen(store, 'r'));
    t.match({ ok, damaged }, { ok: false, damaged: [kind] });
    t.match(broken[0], { artefact: kind, field: 'chunks/0/digest', found: 'missing blob' }, kind);
  }
  store.hidden = record.artefacts.find(({ kind }) => kind === 'apx_manifests')!.chunks[0]!.digest;
  const { broken, passed } = await verifyRun(await mustOpen(store, 'r'));
  t.equal(broken.length, 1, 'entries do not contradict manifests that cannot be read');
  t.notOk(passed.some((check) => check.startsWith('APX manifests')));
});
