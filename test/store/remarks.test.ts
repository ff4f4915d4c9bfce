import { chmodSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { nodePlatform, nodeTreeFiles } from '../../lib/platform/index.js';
import {
  collectGarbage,
  exportRun,
  importRun,
  repairTree,
  openArchive,
  openDiskStore,
  openStager,
  runRemarks,
  verifyStore,
  type DiskStore,
} from '../../lib/store/index.js';
import { WRITERS } from './exported-run.js';
import { POWER_CUTS } from './power-cuts.js';
import { sampleRun } from './sample-run.js';
import { SimulatedMachine } from './simulated-machine.js';
import { runId } from '../ids.js';

const platform = nodePlatform();
const SAID = { at: '2025-01-01T00:00:00.000Z', by: 'somebody' };

async function stored(root: string, ...ids: readonly string[]): Promise<DiskStore> {
  const store = await openDiskStore({ root, platform });
  const stager = openStager(store.stager, platform);
  for (const id of ids)
    await store.publish(
      sampleRun(stager, { id, name: `n-${id}`, artefacts: { inputs: ['{}'], u_ledger: [id] } }),
    );
  return store;
}

void t.test('gc removes a remark with the last of its runs', async (t) => {
  const store = await stored(join(t.testdir(), 'store'), 'old', 'new');
  await store.addRemark({ ...SAID, id: 'both', runs: [runId('old'), runId('new')], labels: { a: '1' } });
  await store.addRemark({ ...SAID, id: 'old-only', runs: [runId('old')], note: 'goes' });
  const now = Date.parse('2099-01-01T00:00:00.000Z');
  await collectGarbage(store, { now, keepDays: 1, keepLast: 1, dryRun: true });
  t.equal((await store.remarks()).length, 2, 'a dry run removes nothing');
  const stager = openStager(store.stager, platform);
  await store.publish(sampleRun(stager, { id: 'old-2', name: 'n-old', artefacts: { u_ledger: ['x'] } }));
  const report = await collectGarbage(store, { now, keepLast: 1 });
  t.strictSame(report.runs_removed, ['old']);
  t.match(await store.remarks(), [{ id: 'both' }]);
  t.strictSame(runRemarks(await store.remarks()).get('new')?.labels, { a: '1' });
  t.strictSame((await verifyStore(store)).problems, [], 'a removed run is not a problem of its remark');
  await store.close();
});

for (const [format, write] of Object.entries(WRITERS)) {
  void t.test(`${format}: labels and notes are exported with a run and imported once`, async (t) => {
    const root = t.testdir({ out: {} });
    const from = await stored(join(root, 'from'), 'r1', 'r2');
    await from.addRemark({
      ...SAID,
      id: 'x-1',
      runs: [runId('r1'), runId('r2')],
      labels: { a: 'one', b: '2' },
    });
    await from.addRemark({ ...SAID, id: 'x-2', runs: [runId('r1')], labels: { a: 'two', b: null } });
    await from.addRemark({ ...SAID, id: 'x-3', runs: [runId('r1')], note: 'line\nbreak' });
    await from.addRemark({ ...SAID, id: 'x-4', runs: [runId('r2')], note: 'not of r1' });
    const made = await exportRun(from, runId('r1'));
    const archive = await write(made, join(root, 'out'));
    const into = await stored(join(root, 'into'));
    const stager = openStager(into.stager, platform);
    for (let n = 0; n < 2; n++) await importRun({ store: into, stager }, openArchive(nodeTreeFiles, archive));
    t.strictSame(runRemarks(await into.remarks()).get('r1'), runRemarks(await from.remarks()).get('r1'));
    t.equal((await into.remarks()).length, 3, 'the second import adds nothing');
    const second = await exportRun(from, runId('r2'));
    for (const member of second.members.filter(({ name }) => name === 'remarks.jsonl')) {
      let text = '';
      for await (const piece of member.pieces()) text += Buffer.from(piece).toString();
      t.notMatch(text, '"r1"', 'remarks about other runs are not exported');
    }
    await from.close();
    await into.close();
  });
}

void t.test('an export with changed remarks, or remarks of another run, is refused', async (t) => {
  const root = t.testdir({ out: {} });
  const from = await stored(join(root, 'from'), 'r1');
  await from.addRemark({ ...SAID, id: 'x-1', runs: [runId('r1')], note: 'true' });
  const archive = await WRITERS['dir']!(await exportRun(from, runId('r1')), join(root, 'out'));
  const file = join(archive, 'remarks.jsonl');
  writeFileSync(file, readFileSync(file, 'utf8').replace('true', 'false'));
  const into = await stored(join(root, 'into'));
  const stager = openStager(into.stager, platform);
  await t.rejects(importRun({ store: into, stager }, openArchive(nodeTreeFiles, archive)), {
    code: 'STORE_IMPORT_INVALID',
  });
  t.strictSame(await into.runIds(), []);
  await from.close();
  await into.close();
});

void t.test('verify reports a damaged remark, others are read, and a repair sets it aside', async (t) => {
  const root = join(t.testdir(), 'store');
  const store = await stored(root, 'r1');
  for (const id of ['x-1', 'x-2']) await store.addRemark({ ...SAID, id, runs: [runId('r1')], note: id });
  const file = join(root, 'remarks/x-1.json');
  chmodSync(file, 0o644);
  writeFileSync(file, readFileSync(file, 'utf8').replace('somebody', 'somebodx'));
  t.match(await store.remarks(), [{ id: 'x-2' }]);
  const { problems } = await verifyStore(store);
  t.match(problems, [{ type: 'record_corrupt', path: 'remarks/x-1.json' }]);
  const { set_aside } = await repairTree(store, problems);
  t.match(set_aside, [{ path: 'remarks/x-1.json' }]);
  t.strictSame((await verifyStore(store)).problems, []);
  writeFileSync(join(root, 'remarks/notes.txt'), 'mine');
  t.match((await verifyStore(store)).problems, [{ type: 'stray_file', path: 'remarks/notes.txt' }]);
  t.strictSame(readdirSync(join(root, 'remarks')).sort(), ['notes.txt', 'x-2.json']);
  await store.close();
});

for (const [name, cut] of Object.entries(POWER_CUTS)) {
  void t.test(`a confirmed remark survives a power failure: ${name}`, async (t) => {
    for (let seed = 1; seed <= 5; seed++) {
      const machine = new SimulatedMachine();
      const simulated = machine.start();
      const first = await openDiskStore({ root: '/data/store', platform: simulated });
      await first.publish(sampleRun(openStager(first.stager, simulated), { id: 'r1' }));
      await first.addRemark({ ...SAID, id: 'x-1', runs: [runId('r1')], note: 'kept' });
      machine.alive.clear();
      machine.files.cutPower(cut(seed));
      const after = await openDiskStore({ root: '/data/store', platform: machine.start() });
      t.match(await after.remarks(), [{ note: 'kept' }]);
      await after.close();
    }
  });
}
