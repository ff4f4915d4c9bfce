import t from 'tap';
import { sha256, type Digest } from '../../lib/base/digest.js';
import type { RunInputs } from '../../lib/engine/inputs.js';
import { recordContradictions } from '../../lib/inspect/verify/record-contradictions.js';
import { sumsText } from '../../lib/store/archive/export-run.js';
import { exportRun, importRun, MemoryStore, openStager, type RunRecord } from '../../lib/store/index.js';
import { sealRecord } from '../../lib/store/record-file.js';
import { sampleInputs } from '../inspect/sample-inputs.js';
import { keepRun, type KeptAs } from '../inspect/sample-store.js';
import { runId } from '../ids.js';

const INPUTS = sampleInputs({ ticks: 12, every: 4 });
const WITHOUT_METRICS = { ...INPUTS, run: { ...INPUTS.run, metrics_enabled: false } };
const FAULTING = sampleInputs({
  ticks: 12,
  initial: Array.from({ length: 6 }, () => Number.MAX_SAFE_INTEGER),
});

/** Imports a run whose record was changed, with new checksums; returns the reason of the refusal. */
async function refusal(store: MemoryStore, id: string, change: object): Promise<string> {
  const { run, members } = await exportRun(store, runId(id));
  const record = sealRecord({ ...run, ...change } as RunRecord);
  const sums = run.artefacts.flatMap(({ kind, digest }): [string, Digest][] => {
    const member = members.find(({ name }) => name.startsWith(`${kind}.`));
    return member === undefined ? [] : [[member.name, digest]];
  });
  const texts: Readonly<Record<string, string>> = {
    'run.json': record,
    SHA256SUMS: sumsText([['run.json', sha256(record)], ...sums]),
  };
  const target = new MemoryStore();
  const archive = {
    async *pieces(name: string) {
      if (name in texts) yield Buffer.from(texts[name]!);
      else yield* members.find((member) => member.name === name)!.pieces();
    },
  };
  try {
    const stager = openStager(target.stager);
    await importRun({ store: target, stager, contradictions: recordContradictions }, archive);
    return '';
  } catch (error) {
    t.match(error, { code: 'STORE_IMPORT_INVALID' });
    t.strictSame(await target.runIds(), [], 'nothing was imported');
    return (error as Error).message;
  }
}

const KINDS: Readonly<Record<string, readonly [inputs: RunInputs, as: Omit<KeptAs, 'id'>]>> = {
  full: [INPUTS, { chunk_bytes: 900 }],
  compact: [INPUTS, { retain: 'compact' }],
  'full without metrics': [WITHOUT_METRICS, {}],
  'compact without metrics': [WITHOUT_METRICS, { retain: 'compact' }],
  cancelled: [INPUTS, { stop_after: 5 }],
  'cancelled compact': [INPUTS, { stop_after: 5, retain: 'compact' }],
  'cancelled before its first tick': [INPUTS, { stop_after: 0 }],
  faulted: [FAULTING, {}],
};

for (const [what, [inputs, as]] of Object.entries(KINDS)) {
  void t.test(`each contradiction in a ${what} run is reported, otherwise none`, async (inner) => {
    const store = new MemoryStore();
    const record = await keepRun(store, inputs, { id: 'r', observed: true, ...as });
    const [first, second] = inputs.run.initial_state;
    const cell = { ticks: 12, 'initial_state[0]': first!, profile_path: 'cmp-0.yaml', nap: { v: 9 } };
    inner.equal(await refusal(store, 'r', {}), '');
    inner.equal(await refusal(store, 'r', { cell, name: 'other', scenario: 'other' }), '');
    const other = sha256('other');
    const metrics = (record.metrics ?? {}) as object;
    const { observables } = record;
    const isFull = as.retain !== 'compact';
    const isWhole = record.state === 'completed';
    for (const [change, ...fields] of [
      [
        { observables: observables && { ...observables, C_T: 1, press_bits: 5, max_u: 999, settled_at: 2 } },
        ...(observables === undefined ? [] : ['observables/press_bits']),
        ...(observables === undefined || !(isFull || isWhole) ? [] : ['observables/C_T']),
        ...(observables === undefined || !isFull ? [] : ['observables/max_u', 'observables/settled_at']),
      ],
      [{ cell: { ...cell, ticks: 13 } }, 'cell/ticks'],
      [
        { cell: { 'run.ticks': 13, 'initial_state[1]': second! - 1 } },
        'cell/run.ticks',
        'cell/initial_state[1]',
      ],
      [
        { cell: { 'profile.SC': -1 } },
        ...(typeof inputs.profile['SC' as never] === 'number' ? ['cell/profile.SC'] : []),
      ],
      [
        { inputs: { ...record.inputs, topology: other, profile: other } },
        'inputs/topology',
        'inputs/profile',
      ],
      [{ input_key: other }, 'input_key'],
      [{ gid: 'X' }, 'gid'],
      [{ run_id: 'X' }, 'run_id'],
      [{ ticks_total: 40 }, 'ticks_total'],
      [{ metrics: { ...metrics, nap_total: 1234 } }, 'metrics'],
      [{ metrics: { ...metrics, nap_total: 1.5 } }, 'metrics'],
      [record.metrics === null ? { metrics: {} } : { metrics: null }, 'metrics'],
      [{ ticks_completed: record.ticks_completed === 0 ? 3 : record.ticks_completed - 1 }, 'ticks_completed'],
      [{ ticks_total: 12, ticks_completed: record.ticks_completed === 12 ? 11 : 12 }, 'ticks_completed'],
      [{ gid: 'X', metrics: { other: 1 }, cell: { ticks: 1 } }, 'gid', 'cell/ticks', 'metrics'],
    ] as const satisfies readonly (readonly [object, ...string[]])[]) {
      const message = await refusal(store, 'r', change);
      for (const field of fields) inner.match(message, `run.json: ${field} `, field);
    }
  });
}

void t.test('a run of another engine, or a failed one, is not checked against this engine', async (inner) => {
  const store = new MemoryStore();
  const record = await keepRun(store, INPUTS, { id: 'r' });
  const engine = { ...record.engine, version: '0.9.0' };
  inner.equal(await refusal(store, 'r', { engine, gid: 'X', metrics: {}, ticks_completed: 3 }), '');
  inner.equal(await refusal(store, 'r', { state: 'failed', ticks_completed: 3 }), '');
});
