import t, { type Test } from 'tap';
import { sha256 } from '../../lib/base/digest.js';
import {
  collectGarbage,
  describeStoreProblem,
  diskUsage,
  repairTree,
  openDiskStore,
  openStager,
  pinRun,
  repairBlob,
  verifyStore,
  whyStored,
  type BlobStager,
  type DiskStore,
  type StoreNotice,
  type StoreProblem,
} from '../../lib/store/index.js';
import { sealRecord } from '../../lib/store/record-file.js';
import { keyOf, sampleRun } from './sample-run.js';
import { SimulatedMachine } from './simulated-machine.js';
import { runId } from '../ids.js';

const ROOT = '/data/store';
const CHUNKS = ['{"tick":1}\n', '{"tick":2}\n', '{"tick":3}\n'];
const blobPath = (text: string): string =>
  `${ROOT}/blobs/sha256/${sha256(text).slice(0, 2)}/${sha256(text).slice(2)}`;

interface Scene {
  readonly machine: SimulatedMachine;
  readonly store: DiskStore;
  readonly stager: BlobStager;
  readonly notices: StoreNotice[];
}

/** A store with two runs that share a ledger of three chunks. */
async function scene(): Promise<Scene> {
  const machine = new SimulatedMachine();
  const platform = machine.start();
  const notices: StoreNotice[] = [];
  const store = await openDiskStore({ root: ROOT, platform, onNotice: (notice) => notices.push(notice) });
  const stager = openStager(store.stager, platform);
  for (const id of ['r1', 'r2']) {
    await store.publish(sampleRun(stager, { id, artefacts: { umx_ledger: CHUNKS, log: [`log of ${id}`] } }));
  }
  return { machine, store, stager, notices };
}

async function problems(store: DiskStore): Promise<readonly StoreProblem[]> {
  return (await verifyStore(store)).problems;
}

void t.test('an intact store is counted without problems', async (inner) => {
  const { store } = await scene();
  const seen: number[] = [];
  const report = await verifyStore(store, { onProgress: ({ blobs }) => seen.push(blobs) });
  inner.match(report, { runs: 2, blobs: 5, batches: 0, refs: 3, problems: [] });
  inner.equal(report.bytes, 33 + 2 * 9);
  inner.equal(seen.at(-1), 5);
});

const damages: Record<string, (machine: SimulatedMachine) => void> = {
  flipped: ({ files }) => {
    files.overwrite(blobPath(CHUNKS[1]!), Buffer.from('{"tick":7}\n'));
  },
  truncated: ({ files }) => {
    files.overwrite(blobPath(CHUNKS[1]!), Buffer.from('{"tick":2}'));
  },
  emptied: ({ files }) => {
    files.overwrite(blobPath(CHUNKS[1]!), Buffer.alloc(0));
  },
  'turned into a symlink': ({ files }) => {
    files.plantSymlink(blobPath(CHUNKS[1]!));
  },
};

for (const [how, damage] of Object.entries(damages)) {
  void t.test(`a blob that was ${how} is reported with its runs and never returned`, async (inner) => {
    const { machine, store } = await scene();
    damage(machine);
    const digest = sha256(CHUNKS[1]!);
    const found = await problems(store);
    inner.match(found, [{ type: 'blob_corrupt', digest, runs: ['r1', 'r2'] }]);
    inner.equal(found.length, 1);
    inner.match(describeStoreProblem(found[0]!), /^blobs\/sha256\/.* affects runs r1, r2$/);
    await inner.rejects(store.blob(digest), { code: /STORE_(BLOB_CORRUPT|SYMLINK)/ });
  });
}

void t.test('a deleted blob is missing; swapped blobs are both corrupt', async (inner) => {
  const { machine, store } = await scene();
  machine.files.remove(blobPath(CHUNKS[0]!));
  inner.match(await problems(store), [{ type: 'blob_missing', runs: ['r1', 'r2'] }]);
  machine.files.overwrite(blobPath(CHUNKS[0]!), Buffer.from(CHUNKS[2]!));
  machine.files.overwrite(blobPath(CHUNKS[2]!), Buffer.from(CHUNKS[0]!));
  const found = await problems(store);
  inner.strictSame(
    found.map(({ type }) => type),
    ['blob_corrupt', 'blob_corrupt'],
  );
});

void t.test('a corrupt blob that no run uses is reported', async (inner) => {
  const { machine, store, stager } = await scene();
  await store.publish({
    ...sampleRun(stager, { id: 'r3', artefacts: {} }),
    blobs: [stager.put(Buffer.from('lone'))],
  });
  machine.files.overwrite(blobPath('lone'), Buffer.from('LONE'));
  const found = await problems(store);
  inner.match(found, [{ type: 'blob_corrupt', runs: [] }]);
  inner.match(describeStoreProblem(found[0]!), /no run uses it/);
});

async function damagedRecord(inner: Test, change: (text: string) => string): Promise<void> {
  const { machine, store, notices } = await scene();
  const path = `${ROOT}/runs/r2.json`;
  machine.files.overwrite(path, Buffer.from(change(machine.files.readText(path)!)));
  const found = await problems(store);
  inner.match(found[0], { type: 'record_corrupt', path: 'runs/r2.json' });
  inner.ok(found.some((problem) => problem.type === 'ref_broken' && problem.path === 'refs/scenarios/gf01'));
  await inner.rejects(store.run(runId('r2')), { code: 'STORE_RECORD_CORRUPT', message: /runs\/r2\.json/ });
  inner.equal(await store.runForKey(keyOf('r2')), undefined, 'not a cache hit');
  inner.equal(await store.latestRun('gf01'), undefined, 'not the latest run');
  inner.strictSame(
    notices.map(({ type }) => type),
    ['record_unreadable'],
    'reported once',
  );
  inner.strictSame(
    store.runSummaries().map(({ id }) => id),
    ['r1'],
  );
}

void t.test('a damaged record is reported and never returned', async (inner) => {
  await damagedRecord(inner, (text) => text.replace('"ticks_total":2', '"ticks_total":9'));
  await damagedRecord(inner, (text) => text.slice(0, text.length / 2));
  await damagedRecord(inner, () => '');
  await damagedRecord(inner, () => '{"schema":"aether-run/1","id":"r2"}\n');
});

void t.test('a sealed record without required fields counts as damaged', async (inner) => {
  const { machine, store } = await scene();
  const path = `${ROOT}/runs/r2.json`;
  const changes: readonly object[] = [
    { scenario: 5 },
    { inputs: undefined },
    { engine: null },
    { metrics: undefined },
  ];
  for (const change of changes) {
    const run = (await store.run(runId('r1')))!;
    machine.files.overwrite(path, Buffer.from(sealRecord({ ...run, id: runId('r2'), ...change })));
    const message = `runs/r2.json has no usable ${Object.keys(change)[0]!}`;
    inner.match((await problems(store))[0], { type: 'record_corrupt', path: 'runs/r2.json', message });
    inner.equal((await diskUsage(store)).runs, 1);
    inner.ok((await whyStored(store, run.artefacts[0]!.digest)).uses.every((use) => use.run === 'r1'));
  }
  const { set_aside } = await repairTree(store, await problems(store));
  inner.strictSame(set_aside[0], { path: 'runs/r2.json', to: 'damaged/runs-r2.json' });
  inner.strictSame(await problems(store), []);
});

void t.test('a directory at the place of a record is a damaged record', async (inner) => {
  const { machine, store } = await scene();
  machine.files.makeDirectory(`${ROOT}/runs/r9.json`);
  machine.files.makeDirectory(`${ROOT}/batches/b9.json`);
  inner.match(await problems(store), [
    { type: 'record_corrupt', path: 'runs/r9.json', message: 'runs/r9.json is not a regular file' },
    { type: 'record_corrupt', path: 'batches/b9.json' },
  ]);
  inner.strictSame(
    store.runSummaries().map(({ id }) => id),
    ['r1', 'r2'],
  );
  inner.equal((await diskUsage(store)).runs, 2);
  await inner.rejects(collectGarbage(store, { now: 0 }), {
    code: 'STORE_RECORD_CORRUPT',
    message: /aether store verify --repair/,
  });
  await repairTree(store, await problems(store));
  inner.strictSame(await problems(store), []);
});

void t.test('a record under the name of another run is not used', async (inner) => {
  const { machine, store } = await scene();
  machine.files.overwrite(
    `${ROOT}/runs/r9.json`,
    Buffer.from(machine.files.readText(`${ROOT}/runs/r1.json`)!),
  );
  inner.match(await problems(store), [
    { type: 'record_corrupt', path: 'runs/r9.json', message: /aether-run\/1 r1/ },
  ]);
});

void t.test('inconsistent records are reported', async (inner) => {
  const { store, stager } = await scene();
  const run = sampleRun(stager, { id: 'r3', artefacts: { umx_ledger: CHUNKS } });
  await store.publish({ ...run, record: { ...run.record, result_digest: keyOf('wrong') } });
  const [ledger] = run.record.artefacts;
  const artefacts = [{ ...ledger!, digest: keyOf('wrong whole') }];
  await store.publish({ ...run, blobs: [], record: { ...run.record, id: runId('r4'), artefacts } });
  const short = [{ ...ledger!, size: 1 }];
  await store.publish({ ...run, blobs: [], record: { ...run.record, id: runId('r5'), artefacts: short } });
  inner.match(await problems(store), [
    { type: 'result_mismatch', run: 'r3' },
    { type: 'artefact_mismatch', run: 'r4', kind: 'umx_ledger' },
    { type: 'result_mismatch', run: 'r4' },
    { type: 'artefact_mismatch', run: 'r5', message: /1 bytes/ },
  ]);
});

void t.test('refs without a valid target count as absent and are reported', async (inner) => {
  const { machine, store } = await scene();
  machine.files.overwrite(`${ROOT}/refs/scenarios/gf01`, Buffer.from('r7\n'));
  machine.files.overwrite(`${ROOT}/refs/keys/${keyOf('r1')}`, Buffer.from('../../x\n'));
  machine.files.overwrite(`${ROOT}/refs/keys/${keyOf('r2')}`, Buffer.from('r1\n'));
  inner.equal(await store.latestRun('gf01'), undefined);
  inner.equal(await store.runForKey(keyOf('r1')), undefined);
  inner.equal(await store.runForKey(keyOf('r2')), undefined, 'r1 has another key');
  const found = await problems(store);
  inner.strictSame(
    found.map(({ type }) => type),
    ['ref_broken', 'ref_broken', 'ref_broken'],
  );
});

/** Makes the file system refuse some steps. */
function refuse(machine: SimulatedMachine, refused: (step: string, path: string) => boolean): void {
  machine.files.before = (step, path): void => {
    if (refused(step, path)) throw Object.assign(new Error('EACCES'), { code: 'EACCES' });
  };
}

void t.test('unreadable refs hide no other problem and are repaired', async (inner) => {
  const { machine, store, stager } = await scene();
  const run = sampleRun(stager, { id: 'r3', name: 'ring-5', artefacts: {} });
  await store.publish({ ...run, record: { ...run.record, answers: true } });
  damages['flipped']!(machine);
  const [directory, link, secret] = [
    `refs/keys/${keyOf('r3')}`,
    'refs/scenarios/ring-5',
    'refs/scenarios/gf01',
  ];
  machine.files.remove(`${ROOT}/${directory}`);
  machine.files.makeDirectory(`${ROOT}/${directory}`);
  machine.files.plantSymlink(`${ROOT}/${link}`);
  refuse(machine, (step, path) => step === 'readText' && path === `${ROOT}/${secret}`);
  inner.equal((await store.runForKey(keyOf('r3')))?.id, 'r3', 'the record is current without its ref');
  const found = await problems(store);
  inner.match(found, [
    { type: 'blob_corrupt', runs: ['r1', 'r2'] },
    { type: 'ref_broken', path: directory, message: 'cannot be read: it is a directory (EISDIR)' },
    { type: 'ref_broken', path: secret, message: /^cannot be read: permission denied/ },
    { type: 'ref_broken', path: link, message: /^cannot be read: a symbolic link is in the place of/ },
  ]);
  machine.files.before = (): void => undefined;
  inner.strictSame(
    { ...(await repairTree(store, found)) },
    {
      set_aside: [directory, link].map((path) => ({ path, to: `damaged/${path.replaceAll('/', '-')}` })),
      refs: [
        { path: directory, run: 'r3' },
        { path: link, run: 'r3' },
      ],
      unmended: [],
    },
  );
  inner.match(await problems(store), [{ type: 'blob_corrupt' }]);
});

void t.test('directories that cannot be listed are reported once, and others are checked', async (inner) => {
  const { machine, store } = await scene();
  damages['flipped']!(machine);
  const fan = `blobs/sha256/${sha256(CHUNKS[0]!).slice(0, 2)}`;
  const closed = new Set([fan, 'batches', 'refs/keys', 'tmp'].map((path) => `${ROOT}/${path}`));
  refuse(machine, (step, path) => step === 'list' && closed.has(path));
  machine.files.overwrite(`${ROOT}/refs/scenarios/gf01`, Buffer.from('r7\n'));
  const found = await problems(store);
  const unlisted = found.filter(({ type }) => type === 'directory_unreadable');
  inner.strictSame(unlisted.map(({ path }) => `${ROOT}/${path}`).sort(), [...closed].sort());
  inner.equal(describeStoreProblem(unlisted[0]!), `${fan} cannot be listed: permission denied (EACCES)`);
  const others = found.filter((problem) => !unlisted.includes(problem));
  inner.match(others, [{ type: 'blob_corrupt' }, { type: 'ref_broken', path: 'refs/scenarios/gf01' }]);
  inner.equal(others.length, 2);
});

void t.test('a directory that can be listed but not entered does not stop verification', async (inner) => {
  const { machine, store, stager } = await scene();
  const lone = stager.put(Buffer.from('lone'));
  await store.publish({ ...sampleRun(stager, { id: 'r3', artefacts: {} }), blobs: [lone] });
  refuse(machine, (step, path) => step === 'stat' && path === blobPath('lone'));
  inner.match(await problems(store), [{ type: 'blob_unreadable', digest: sha256('lone'), runs: [] }]);
});

void t.test('a damaged record is set aside, and its refs move to intact runs', async (inner) => {
  const { machine, store, stager } = await scene();
  await store.publish(sampleRun(stager, { id: 'r3', key: 'r1', artefacts: {} }));
  await pinRun(store, runId('r3'));
  const path = `${ROOT}/runs/r3.json`;
  machine.files.overwrite(path, Buffer.from('{'));
  await inner.rejects(collectGarbage(store, { now: 0 }), { code: 'STORE_RECORD_CORRUPT' });
  const mended = await repairTree(store, await problems(store));
  inner.strictSame(
    { ...mended },
    {
      set_aside: [
        { path: 'runs/r3.json', to: 'damaged/runs-r3.json' },
        { path: 'refs/pins/r3', to: 'damaged/refs-pins-r3' },
      ],
      refs: [
        { path: `refs/keys/${keyOf('r1')}`, run: 'r1' },
        { path: 'refs/scenarios/gf01', run: 'r2' },
      ],
      unmended: [],
    },
  );
  inner.equal(machine.files.readText(`${ROOT}/damaged/runs-r3.json`), '{', 'kept as evidence');
  inner.strictSame(await problems(store), []);
  inner.equal((await store.runForKey(keyOf('r1')))?.id, 'r1');
  inner.equal((await store.latestRun('gf01'))?.id, 'r2');
  await collectGarbage(store, { now: 0 });
  machine.files.overwrite(path, Buffer.from('['));
  inner.match(await repairTree(store, await problems(store)), {
    set_aside: [{ to: 'damaged/runs-r3.json.2' }],
  });
  machine.alive.clear();
  machine.files.cutPower({ keepName: () => false, keepBytes: () => 0 });
  const again = await openDiskStore({ root: ROOT, platform: machine.start() });
  inner.strictSame(await problems(again), [], 'the repair was durable');
  inner.equal(machine.files.readText(`${ROOT}/damaged/runs-r3.json.2`), '[');
});

void t.test('broken refs and a truncated batch record are repaired from intact records', async (inner) => {
  const { machine, store } = await scene();
  machine.files.overwrite(`${ROOT}/refs/scenarios/gf01`, Buffer.from('../x\n'));
  machine.files.overwrite(`${ROOT}/refs/keys/${keyOf('r2')}`, Buffer.from('r1\n'));
  machine.files.overwrite(`${ROOT}/refs/scenarios/other`, Buffer.from('r1\n'));
  machine.files.overwrite(`${ROOT}/refs/pins/r1`, Buffer.from('?'));
  machine.files.overwrite(`${ROOT}/batches/b1.json`, Buffer.from('{'));
  inner.match(await repairTree(store, await problems(store)), {
    set_aside: [{ path: 'batches/b1.json' }, { path: 'refs/scenarios/other' }],
    refs: [{ run: 'r2' }, { run: 'r2' }, { path: 'refs/pins/r1', run: 'r1' }],
  });
  inner.strictSame(await problems(store), []);
});

void t.test('a record that cannot be read for another reason is not moved', async (inner) => {
  const { machine, store } = await scene();
  machine.files.before = (step, path): void => {
    if (step === 'readText' && path === `${ROOT}/runs/r2.json`)
      throw Object.assign(new Error('EACCES'), { code: 'EACCES' });
  };
  const found = await problems(store);
  inner.match(found[0], { type: 'record_corrupt', path: 'runs/r2.json' });
  await inner.rejects(repairTree(store, found), { code: 'STORE_READ_ONLY' });
  inner.ok(machine.files.stat(`${ROOT}/runs/r2.json`));
  machine.files.before = (): void => undefined;
  machine.files.plantSymlink(`${ROOT}/runs/r9.json`);
  inner.match(await repairTree(store, await problems(store)), { set_aside: [{ path: 'runs/r9.json' }] });
  inner.strictSame(await problems(store), [], 'another kind of file is moved');
});

void t.test('unknown files are reported and not changed', async (inner) => {
  const { machine, store } = await scene();
  const strays = ['runs/notes.txt', 'blobs/sha256/ab', 'tmp/mine', 'extra'].map((path) => `${ROOT}/${path}`);
  for (const path of strays) machine.files.overwrite(path, Buffer.from('?'));
  const found = await problems(store);
  inner.ok(found.every(({ type }) => type === 'stray_file'));
  inner.ok(found.length >= 3);
  for (const path of strays) inner.ok(machine.files.stat(path));
});

void t.test('publishing the same bytes repairs a corrupt blob', async (inner) => {
  const { machine, store, stager, notices } = await scene();
  damages['flipped']!(machine);
  await store.publish(sampleRun(stager, { id: 'r3', artefacts: { umx_ledger: CHUNKS } }));
  const healed = notices.at(-1)!;
  inner.match(healed, { type: 'blob_healed', digest: sha256(CHUNKS[1]!) });
  const kept = 'kept' in healed ? healed.kept : '';
  inner.match(kept, /^damaged\/blobs-sha256-/);
  inner.notSame(
    machine.files.readText(`${ROOT}/${kept}`),
    CHUNKS[1],
    'the damaged bytes are kept as evidence',
  );
  inner.strictSame(await problems(store), []);
});

void t.test('a corrupt blob without fresh bytes stops a run that relies on it', async (inner) => {
  const { machine, store, stager } = await scene();
  damages['truncated']!(machine);
  const run = sampleRun(stager, { id: 'r3', artefacts: { umx_ledger: CHUNKS } });
  await store.discard(run.blobs);
  await inner.rejects(store.publish({ ...run, blobs: [] }), { code: 'STORE_BLOB_CORRUPT' });
  inner.equal(await store.run(runId('r3')), undefined);
});

void t.test('repair accepts only bytes with the right digest', async (inner) => {
  const { machine, store } = await scene();
  const digest = sha256(CHUNKS[1]!);
  machine.files.remove(blobPath(CHUNKS[1]!));
  await inner.rejects(repairBlob(store, digest, Buffer.from('other')), { code: 'STORE_BLOB_CORRUPT' });
  inner.equal(await repairBlob(store, digest, Buffer.from(CHUNKS[1]!)), true);
  inner.equal(await repairBlob(store, digest, Buffer.from(CHUNKS[1]!)), false);
  machine.alive.clear();
  machine.files.cutPower({ keepName: () => false, keepBytes: () => 0 });
  const again = await openDiskStore({ root: ROOT, platform: machine.start() });
  inner.strictSame(await problems(again), [], 'the repair was durable');
});

void t.test('a blob without read permission is reported, and others are checked', async (inner) => {
  const { machine, store } = await scene();
  machine.files.remove(blobPath(CHUNKS[0]!));
  machine.files.before = (step, path): void => {
    if (step === 'readPieces' && path === blobPath(CHUNKS[2]!))
      throw Object.assign(new Error('EACCES'), { code: 'EACCES' });
  };
  const found = await problems(store);
  const byType = (type: string): StoreProblem | undefined => found.find((problem) => problem.type === type);
  inner.match(byType('blob_unreadable'), { digest: sha256(CHUNKS[2]!), runs: ['r1', 'r2'] });
  inner.match(byType('blob_missing'), { digest: sha256(CHUNKS[0]!) });
  inner.equal(found.length, 2);
  inner.match(describeStoreProblem(byType('blob_unreadable')!), /permission is denied/);
  inner.equal(await repairBlob(store, sha256(CHUNKS[2]!), Buffer.from(CHUNKS[2]!)), true);
});

void t.test('a sector that cannot be read is reported as damage', async (inner) => {
  const { machine, store } = await scene();
  machine.files.before = (step, path): void => {
    if (step === 'readPieces' && path === blobPath(CHUNKS[2]!))
      throw Object.assign(new Error('EIO'), { code: 'EIO' });
  };
  inner.match(await problems(store), [{ type: 'blob_corrupt', digest: sha256(CHUNKS[2]!) }]);
});
