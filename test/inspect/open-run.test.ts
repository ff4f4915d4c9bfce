import t from 'tap';
import { hashRecord, sha256 } from '../../lib/base/digest.js';
import type { Json } from '../../lib/base/canonical-json.js';
import { describeNotFound, openRun, type Lookup } from '../../lib/inspect/index.js';
import { MemoryStore } from '../../lib/store/index.js';
import { sampleInputs } from './sample-inputs.js';
import { CountingStore, keepBatch, keepRun, must, mustOpen } from './sample-store.js';
import { runId } from '../ids.js';

async function bytesOf(chunks: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const list: Uint8Array[] = [];
  for await (const chunk of chunks) list.push(chunk);
  return Buffer.concat(list);
}

function nearOf(lookup: Lookup<unknown>): readonly string[] {
  return lookup.ok ? [] : lookup.near;
}

void t.test('a run is found by id, unique prefix, name, scenario and latest', async (t) => {
  const store = new MemoryStore();
  await keepRun(store, sampleInputs(), {
    id: '20250101000000-aaaa',
    name: 'ring-5[ticks=8]',
    scenario: 'ring-5',
  });
  await keepRun(store, sampleInputs({ ticks: 9 }), { id: '20250101000000-abbb', name: 'gf01' });
  const idOf = async (ref: string): Promise<string> => (await mustOpen(store, ref)).record.id;
  t.equal(await idOf('20250101000000-aaaa'), '20250101000000-aaaa');
  t.equal(await idOf('20250101000000-aa'), '20250101000000-aaaa');
  t.equal(await idOf('ring-5[ticks=8]'), '20250101000000-aaaa');
  t.equal(await idOf('ring-5'), '20250101000000-aaaa');
  t.equal(await idOf('latest'), '20250101000000-abbb');
});

void t.test('a missing item is a typed not-found error with near matches', async (t) => {
  const store = new MemoryStore();
  t.same(await openRun(store, 'latest'), { ok: false, reason: 'unknown', what: 'run latest', near: [] });
  await keepRun(store, sampleInputs(), { id: '20250101000000-aaaa', name: 'gf01' });
  await keepRun(store, sampleInputs(), { id: '20250101000000-abbb', name: 'gf02-grid' });
  t.same(await openRun(store, 'gf1'), { ok: false, reason: 'unknown', what: 'run gf1', near: ['gf01'] });
  const ambiguous = await openRun(store, '20250101000000-a');
  t.match(ambiguous, {
    ok: false,
    reason: 'ambiguous',
    near: ['20250101000000-abbb', '20250101000000-aaaa'],
  });
  const meant = await openRun(store, '20250101000000-a');
  t.notMatch(meant.ok ? '' : describeNotFound(meant), 'more');
  for (let n = 0; n < 9; n++)
    await keepRun(store, sampleInputs(), { id: `20250101000000-ac${n}`, name: 'gf03' });
  const cut = await openRun(store, '20250101000000-a');
  t.match(cut.ok ? '' : describeNotFound(cut), /candidates: (20250101000000-\w+(, )?){8} and 3 more$/);
  t.match(await openRun(store, '../etc/passwd'), { ok: false, reason: 'unknown' });
  t.match(await openRun(store, ''), { ok: false, reason: 'unknown' });
});

void t.test('a run name refers to its last answer, executed or cached', async (t) => {
  const store = new MemoryStore();
  const plain = await keepRun(store, sampleInputs(), { id: 'r1-plain', name: 'pair' });
  await keepRun(store, sampleInputs({ ticks: 9 }), { id: 'r2-other', name: 'pair' });
  const idOf = async (ref: string): Promise<string> => (await mustOpen(store, ref)).record.id;
  t.equal(await idOf('pair'), 'r2-other', 'the latest execution');
  // Ids of batches sort before those of runs, as after a clock was set back.
  await keepBatch(store, 'b1', { name: 'pair', run: plain });
  t.equal(await idOf('pair'), 'r1-plain', 'a batch has used the stored result since');
  t.equal(await idOf('latest'), 'r2-other', 'the last arrival in the store');
  await keepRun(store, sampleInputs({ ticks: 10 }), { id: 'r0-third', name: 'pair' });
  t.equal(await idOf('pair'), 'r0-third');
  t.equal(await idOf('latest'), 'r0-third', 'by arrival, not by id');
});

void t.test('a scenario id refers to the last answer of its runs', async (t) => {
  const store = new MemoryStore();
  const scenario = 'ring';
  const a = await keepRun(store, sampleInputs(), { id: 'r9-a', name: 'ring[k=1]', scenario });
  const b = await keepRun(store, sampleInputs({ ticks: 9 }), { id: 'r8-b', name: 'ring[k=2]', scenario });
  const twin = await keepRun(store, sampleInputs({ ticks: 10 }), { id: 'r7-c', name: 'twin' });
  const idOf = async (ref: string): Promise<string> => (await mustOpen(store, ref)).record.id;
  t.equal(await idOf('ring'), b.id);
  await keepBatch(store, 'b1', { name: 'ring[k=1]', run: a });
  t.equal(await idOf('ring'), a.id, 'cached since');
  await keepBatch(store, 'b2', { name: 'ring[k=3]', run: twin });
  t.equal(await idOf('ring'), twin.id, 'answered by a run of another scenario');
  await keepBatch(store, 'b3', { name: 'unseen[k=3]', run: twin });
  t.equal(await idOf('unseen'), twin.id, 'never executed under this name');
});

void t.test('a batch id is not accepted as a run', async (t) => {
  const store = new MemoryStore();
  const run = await keepRun(store, sampleInputs(), { id: '20250101000000-aaaa', name: 'pair' });
  await keepBatch(store, '20250101000001-bbbb', { name: 'pair', run });
  for (const ref of ['20250101000001-bbbb', '20250101000001']) {
    const answer = await openRun(store, ref);
    t.match(answer, { ok: false, reason: 'is_batch', near: ['20250101000001-bbbb'] });
    t.match(
      answer.ok ? '' : describeNotFound(answer),
      /is a batch, not a run; aether batches show 20250101000001-bbbb/,
    );
  }
  t.equal((await mustOpen(store, '20250101')).record.id, run.id, 'a prefix of both refers to the run');
});

void t.test('a name without a run record is found through its batch', async (t) => {
  const store = new MemoryStore();
  const record = await keepRun(store, sampleInputs(), { id: '20250101000000-aaaa', name: 'a' });
  const outcome = {
    state: 'cached',
    run: record.id,
    result_digest: record.result_digest,
    duration_ms: 0,
  } as const;
  await store.putBatch({
    schema: 'aether-batch/1',
    id: 'b1',
    started_at: '',
    ended_at: '',
    manifests: [],
    plan_digest: sha256(''),
    report_digest: sha256(''),
    outcomes: [{ name: 'twin', input_key: record.input_key, ...outcome }],
  });
  t.equal((await mustOpen(store, 'twin')).record.id, record.id);
});

for (const retain of ['full', 'compact'] as const) {
  void t.test(`${retain}: every view returns its records and reports missing items`, async (t) => {
    const store = new MemoryStore();
    const inputs = sampleInputs({
      ticks: 20,
      every: 6,
      governed: true,
      diagnostics: true,
      pfna: { 0: [1, 0, 0, 0, 0, 0], 7: [0, 0, 5, 0, 0, 0] },
    });
    await keepRun(store, inputs, { id: 'full-run', chunk_bytes: 600 });
    await keepRun(store, inputs, { id: 'compact-run', retain: 'compact' });
    const full = await mustOpen(store, 'full-run');
    const run = await mustOpen(store, `${retain}-run`);
    t.same(await run.inputs(), JSON.parse(JSON.stringify(inputs)));
    for (const tick of [20, 1, 7, 8, 9, 13]) {
      const entry = must(await run.uEntry(tick));
      t.equal(
        hashRecord(must(await run.ledger(tick)) as unknown as Json),
        entry.umx_ledger_hash,
        `ledger ${tick}`,
      );
      t.equal(
        hashRecord(must(await run.pBlock(tick)) as unknown as Json),
        entry.loom_block_hash,
        `block ${tick}`,
      );
      const data = must(await run.envelopes({ tick, layer: 'DATA' }));
      t.equal(hashRecord(data[0] as unknown as Json), entry.nap_envelope_hash, `envelope ${tick}`);
      t.equal(entry.tick, tick);
    }
    t.equal(must(await run.uEntry({ index: 0 })).tick, 1);
    t.equal(must(await run.iBlock(8)).tick, 8);
    t.match(await run.iBlock(9), { ok: false, reason: 'unknown', what: 'tick 9 in loom_i_blocks' });
    t.same(
      must(await run.links(8)).map(({ block }) => block),
      ['P', 'I'],
    );
    t.same(
      must(await run.links(9)).map(({ block }) => block),
      ['P'],
    );
    const blocks = must(await run.blocks(2));
    t.same(
      [blocks.p_blocks.map((b) => b.tick), blocks.i_blocks.map((b) => b.tick)],
      [[7, 8, 9, 10, 11, 12], [8]],
    );
    t.equal(must(await run.manifest('W_7_12')).apx_name, 'APX_7_12');
    t.equal(must(await run.manifest(4)).window_id, 'W_19_20');
    t.equal(must(await run.candidates(1)).window_id, 'W_1_6');
    t.match(await run.manifest('W_7_13'), { ok: false, near: ['W_7_12'] });
    t.match(await run.manifest(5), { ok: false });
    t.match(await run.manifest(0), { ok: false });
    for (const tick of [0, 21, 1.5, -1]) t.match(await run.ledger(tick), { ok: false, reason: 'unknown' });
    t.same((await run.ledger(21)) as unknown, {
      ok: false,
      reason: 'unknown',
      what: 'tick 21 in umx_ledger',
      near: ['tick 20'],
    });
    t.match(await run.envelopes({ layer: 'DTA' as never }), { ok: false });
    t.equal(must(await run.envelopes({ layer: 'INGRESS' })).length, 1);
    t.same(must(await run.envelopes({ tick: 3, layer: 'EGRESS' })), []);
    t.ok(must(await run.motifs()).length > 0);
    t.equal(must(await run.motif('MOTIF_0001')).motif_id, 'MOTIF_0001');
    t.match(await run.motif('MOTIF_9999'), { ok: false });
    t.equal(must(await run.proposals()).length, must(await run.motifs()).length);
    t.same(must(run.metrics()), run.record.metrics);
    for (const { kind, digest } of run.record.artefacts) {
      t.equal(sha256(await bytesOf(must(await run.cat(kind)))), digest, `cat ${kind}`);
    }
    for (const { kind } of full.record.artefacts) {
      t.ok(
        (await bytesOf(must(await full.cat(kind)))).equals(await bytesOf(must(await run.cat(kind)))),
        kind,
      );
    }
    t.match(await run.cat('umx'), { ok: false, reason: 'not_recorded' });
    t.same(nearOf(await run.cat('umx'))[0], 'umx_ledger');
    t.same(nearOf(await run.cat('umx')).toSorted(), run.record.artefacts.map(({ kind }) => kind).toSorted());
    t.same(nearOf(await run.iBlock(3)), ['tick 8']);
    t.same(nearOf(await run.iBlock(11)), ['tick 8', 'tick 16']);
    t.same(nearOf(await run.iBlock(15)), ['tick 16', 'tick 8']);
    t.same(nearOf(await run.iBlock(99)), ['tick 16']);
    t.same(nearOf(await run.iBlock(-1)), ['tick 8']);
    await t.rejects(run.records('nonsense' as never, 1, 3).next(), { code: 'RUN_ARTEFACT_UNKNOWN' });
    t.equal(run.summary().duration_ms, 1500);
  });
}

void t.test('motifs are not found without Codex', async (t) => {
  const store = new MemoryStore();
  await keepRun(store, sampleInputs(), { id: 'r1' });
  t.match(await (await mustOpen(store, 'r1')).motifs(), { ok: false, reason: 'not_recorded' });
});

void t.test('one tick is read from one chunk', async (t) => {
  const store = new CountingStore();
  await keepRun(store, sampleInputs({ ticks: 2000 }), { id: 'long', chunk_bytes: 16384 });
  const run = await mustOpen(store, 'long');
  t.equal(must(await run.ledger(1234)).tick, 1234);
  t.ok(store.bytesRead < 20000, `${store.bytesRead} bytes`);
});

void t.test('runs that ended early can be read up to their end', async (t) => {
  const store = new MemoryStore();
  const inputs = sampleInputs({ ticks: 12, every: 4 });
  for (const retain of ['full', 'compact'] as const) {
    await keepRun(store, inputs, { id: `cut-${retain}`, retain, stop_after: 6 });
    const run = await mustOpen(store, `cut-${retain}`);
    t.equal(run.record.state, 'cancelled');
    t.equal(must(await run.ledger(6)).tick, 6);
    t.match(await run.ledger(7), { ok: false });
    t.match(await run.uEntry(6), { ok: false, what: 'tick 6 in u_ledger', near: ['tick 4'] });
    t.match(await run.manifest(2), { ok: false });
    t.match(run.metrics(), { ok: false, reason: 'not_recorded' });
    for (const { kind, digest } of run.record.artefacts) {
      t.equal(sha256(await bytesOf(must(await run.cat(kind)))), digest, `${retain} ${kind}`);
    }
  }
});

void t.test('empty artefacts of a run that ended early are not proposed as near matches', async (t) => {
  const store = new MemoryStore();
  const inputs = sampleInputs({ ticks: 12 });
  for (const retain of ['full', 'compact'] as const) {
    await keepRun(store, inputs, { id: `cut-${retain}`, retain, stop_after: 6 });
    const run = await mustOpen(store, `cut-${retain}`);
    for (const [lookup, what] of [
      [await run.uEntry(1), 'tick 1 in the empty u_ledger'],
      [await run.uEntry(99), 'tick 99 in the empty u_ledger'],
      [await run.iBlock(3), 'tick 3 in the empty loom_i_blocks'],
      [run.metrics(), 'metrics record'],
    ] as const) {
      t.same(lookup, { ok: false, reason: 'not_recorded', what, near: [] });
    }
  }
});

void t.test('a compact run whose recomputed hashes differ is reported', async (t) => {
  const store = new MemoryStore();
  const record = await keepRun(store, sampleInputs({ ticks: 8 }), { id: 'good', retain: 'compact' });
  const other = await keepRun(store, sampleInputs({ ticks: 8, k: { 1: 3 } }), {
    id: 'other',
    retain: 'compact',
  });
  const swapped = record.artefacts.map((a) =>
    a.kind === 'inputs' ? other.artefacts.find((b) => b.kind === 'inputs')! : a,
  );
  await store.publish({
    record: { ...record, id: runId('bad'), name: 'bad', artefacts: swapped },
    blobs: [],
    cacheable: false,
  });
  const run = await mustOpen(store, 'bad');
  await t.rejects(run.ledger(3), { code: 'REPLAY_MISMATCH' });
  await t.rejects(run.cat('loom_chain'), { code: 'REPLAY_MISMATCH' });
});
