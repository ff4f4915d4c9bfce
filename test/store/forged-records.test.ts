import t from 'tap';
import { sha256, type Digest } from '../../lib/base/digest.js';
import { sumsText, type ExportMember } from '../../lib/store/archive/export-run.js';
import { importRun, MemoryStore, openStager, type ArchiveSource } from '../../lib/store/index.js';
import { sealRecord } from '../../lib/store/record-file.js';
import { NO_RESULT, type RunRecord } from '../../lib/store/record-types.js';
import { exported } from './exported-run.js';

const { made } = await exported({ id: 'r1' });

/** The archive of a run with a changed record and new checksums. */
function forged(change: object): ArchiveSource {
  const run = { ...made.run, ...change } as RunRecord;
  const record = sealRecord(run);
  const artefacts = made.run.artefacts.map(({ kind, digest }): [string, Digest] => {
    return [made.members.find(({ name }) => name.startsWith(`${kind}.`))!.name, digest];
  });
  const sums = sumsText([['run.json', sha256(record)], ...artefacts]);
  const texts: Readonly<Record<string, string>> = { 'run.json': record, SHA256SUMS: sums };
  const members = new Map<string, ExportMember>(made.members.map((member) => [member.name, member]));
  return {
    async *pieces(name) {
      if (name in texts) yield Buffer.from(texts[name]!);
      else yield* members.get(name)!.pieces();
    },
  };
}

async function importForged(change: object): Promise<MemoryStore> {
  const store = new MemoryStore();
  await importRun({ store, stager: openStager(store.stager) }, forged(change));
  return store;
}

const [first, second, ...others] = made.run.artefacts;
const withFirst = (change: object): object => ({ artefacts: [{ ...first, ...change }, second, ...others] });
const chunk = first!.chunks[0]!;

const FORGERIES: Readonly<Record<string, object>> = {
  'an id that leads out': { id: '../r1' },
  'an id that is no text': { id: 7 },
  'a name that leads out': { name: '../../gf01' },
  'an input key that leads out': { input_key: '../../pins/r1' },
  'a state there is not': { state: 'perfect' },
  'a time there is not': { ended_at: 'yesterday' },
  'another result': { result_digest: sha256('other') },
  'no artefacts': { artefacts: null },
  'an artefact that is none': { artefacts: [null] },
  'an artefact twice': { artefacts: [...made.run.artefacts, first] },
  'an artefact that leads out': withFirst({ kind: '../inputs' }),
  'a negative size': withFirst({ size: -1 }),
  'chunks of another total': withFirst({ chunks: [{ ...chunk, size: chunk.size + 1 }] }),
  'a chunk beyond all memory': withFirst({ size: 2 ** 40, chunks: [{ ...chunk, size: 2 ** 40 }] }),
  'chunks of what is not stored': withFirst({ stored: false }),
  'a chunk of another digest': withFirst({ chunks: [{ ...chunk, digest: sha256('other') }] }),
};

const withChunk = (change: object): object => withFirst({ chunks: [{ ...chunk, ...change }] });
const SHAPES: Readonly<Record<string, readonly object[]>> = {
  name: [{ name: 5 }],
  scenario: [{ scenario: 5 }],
  cell: [{ cell: null }, { cell: [] }],
  inputs: [{ inputs: null }, { inputs: { topology: 'x' } }],
  failure: [{ failure: 'none' }, { failure: { code: 'X', message: 'x', tick: '1', place: null } }],
  ticks_total: [{ ticks_total: -1 }],
  ticks_completed: [{ ticks_completed: 'x' }, { ticks_completed: 1.5 }, { ticks_completed: 3 }],
  retain: [{ retain: 'some' }],
  engine: [{ engine: null }, { engine: { ...made.run.engine, version: 1 } }],
  artefacts: [
    withFirst({ records: 1e308 }),
    withFirst({ media_type: 'text/html' }),
    withFirst({ stored: 'yes' }),
    withChunk({ first_tick: 1e300 }),
    withChunk({ last_tick: null }),
    withChunk({ records: '1' }),
  ],
  metrics: [{ metrics: 5 }],
  loom: [{ loom: null }, { loom: { tip: 'x', i_blocks: 0 } }],
  arrival: [{ arrival: 'last' }, { arrival: -1 }, { arrival: 1.5 }],
  answers: [{ answers: 'yes' }, { answers: true, state: 'failed' }],
};

for (const [field, changes] of Object.entries(SHAPES)) {
  void t.test(`a sealed record with a wrong ${field} is refused`, async (inner) => {
    for (const change of changes) {
      const message = `run.json has no usable ${field}`;
      await inner.rejects(importForged(change), { code: 'STORE_IMPORT_INVALID', message });
    }
  });
}

void t.test('a sealed record without a required field is refused', async (inner) => {
  // A record may lack its arrival, as those of older versions do.
  for (const field of Object.keys(made.run).filter((name) => name !== 'arrival')) {
    await inner.rejects(importForged({ [field]: undefined }), { code: 'STORE_IMPORT_INVALID' }, field);
  }
});

void t.test('a run imported as the result of its key must have inputs and a result', async (inner) => {
  const [inputs, ...results] = made.run.artefacts;
  inner.equal(inputs!.kind, 'inputs');
  const without = { artefacts: results };
  const empty = { artefacts: [inputs], result_digest: NO_RESULT };
  for (const change of [without, empty]) {
    await inner.rejects(importForged(change), {
      code: 'STORE_IMPORT_INVALID',
      message: /cannot be imported as/,
    });
    inner.strictSame(await (await importForged({ ...change, answers: false })).runIds(), ['r1']);
  }
});

void t.test('a record that contradicts its inputs is refused as the result of its key', async (inner) => {
  const seen: string[] = [];
  const call = async (change: object): Promise<readonly string[]> => {
    const store = new MemoryStore();
    const target = { store, stager: openStager(store.stager), contradiction };
    await importRun(target, forged(change));
    return store.runIds();
  };
  const contradiction = (run: RunRecord, inputs: Uint8Array): string | undefined => {
    seen.push(Buffer.from(inputs).toString());
    return run.gid === 'GF01' ? undefined : 'the gid is another';
  };
  inner.strictSame(await call({}), ['r1']);
  await inner.rejects(call({ gid: 'X' }), { code: 'STORE_IMPORT_INVALID', message: 'the gid is another' });
  inner.strictSame(seen, ['{"shared":true}', '{"shared":true}']);
  inner.strictSame(await call({ gid: 'X', answers: false }), ['r1']);
});

void t.test('a changed record with a matching checksum can be imported', async (inner) => {
  inner.strictSame(await (await importForged({ gid: 'other' })).runIds(), ['r1']);
});

for (const [what, change] of Object.entries(FORGERIES)) {
  void t.test(`a sealed record with ${what} is refused`, async (inner) => {
    const store = new MemoryStore();
    const call = importRun({ store, stager: openStager(store.stager) }, forged(change));
    await inner.rejects(call, { code: 'STORE_IMPORT_INVALID' });
    inner.strictSame(await store.runIds(), []);
  });
}
