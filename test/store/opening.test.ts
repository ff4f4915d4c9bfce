import { chmodSync, mkdirSync, readdirSync, readFileSync, statSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { nodePlatform } from '../../lib/platform/index.js';
import { openDiskStore, openStager, verifyStore } from '../../lib/store/index.js';
import { sampleRun } from './sample-run.js';
import { SimulatedMachine } from './simulated-machine.js';
import { runId } from '../ids.js';

const platform = nodePlatform();

void t.test('a missing directory and its parents are created as a store', async (inner) => {
  const root = join(inner.testdir(), 'a/b/store');
  const store = await openDiskStore({ root, platform });
  inner.equal(readFileSync(join(root, 'store.json'), 'utf8'), '{"format":"aether-store/1"}\n');
  inner.equal(store.location, root);
  await store.close();
  inner.strictSame(readdirSync(join(root, 'locks')), [], 'no lock remains');
  inner.strictSame(readdirSync(join(root, 'tmp')), []);
});

void t.test('a directory with only hidden files becomes a store', async (inner) => {
  const root = inner.testdir({ '.gitkeep': '' });
  await (await openDiskStore({ root, platform })).close();
  inner.ok(readdirSync(root).includes('.gitkeep'));
  inner.strictSame((await verifyStore(await openDiskStore({ root, platform, mode: 'read' }))).problems, []);
});

void t.test('opening for reading creates nothing', async (inner) => {
  const root = inner.testdir();
  const missing = join(root, 'none');
  await inner.rejects(openDiskStore({ root, platform, mode: 'read' }), { code: 'STORE_NOT_FOUND' });
  await inner.rejects(openDiskStore({ root: missing, platform, mode: 'read' }), { code: 'STORE_NOT_FOUND' });
  inner.strictSame(readdirSync(root), []);
});

void t.test('a store open for reading refuses to be written', async (inner) => {
  const root = inner.testdir();
  const writer = await openDiskStore({ root, platform });
  await writer.publish(sampleRun(openStager(writer.stager, platform), { id: 'r1' }));
  await writer.close();
  const before = readdirSync(root, { recursive: true }).sort();
  const reader = await openDiskStore({ root, platform, mode: 'read' });
  inner.equal((await reader.run(runId('r1')))?.id, 'r1');
  inner.equal(reader.runSummaries().length, 1);
  const run = { ...sampleRun(openStager({ at: 'memory' }), { id: 'r2' }), blobs: [] };
  await inner.rejects(reader.publish(run), { code: 'STORE_READ_ONLY' });
  await inner.rejects(writer.publish(run), { code: 'STORE_READ_ONLY' }, 'after close');
  await reader.close();
  inner.strictSame(readdirSync(root, { recursive: true }).sort(), before);
});

void t.test('a directory that is not a store of this format is refused and unchanged', async (inner) => {
  const root = inner.testdir({
    other: { 'notes.txt': 'mine' },
    newer: { 'store.json': '{"format":"aether-store/3"}' },
    torn: { 'store.json': '{"form' },
    file: 'a file',
  });
  for (const mode of ['read', 'write'] as const) {
    const open = (name: string): Promise<unknown> =>
      openDiskStore({ root: join(root, name), platform, mode });
    await inner.rejects(open('other'), { code: 'STORE_NOT_A_STORE', message: /notes\.txt/ });
    await inner.rejects(open('newer'), {
      code: 'STORE_FORMAT',
      message: /aether-store\/3; this version reads aether-store\/1 and aether-store\/2/,
    });
    await inner.rejects(open('torn'), { code: 'STORE_FORMAT', message: /store\.json is damaged/ });
    await inner.rejects(open('file'), { code: /STORE_(NOT_A_STORE|IO)/ });
  }
  inner.strictSame(readdirSync(join(root, 'other')), ['notes.txt']);
  inner.strictSame(readdirSync(join(root, 'newer')), ['store.json']);
});

void t.test('a store that another process creates during opening is opened', async (inner) => {
  for (const mode of ['read', 'write'] as const) {
    const machine = new SimulatedMachine();
    const { files } = machine;
    files.makeDirectory('/store');
    let made = false;
    files.before = (step, path): void => {
      if (made || step !== 'list' || path !== '/store') return;
      made = true;
      files.overwrite('/store/store.json', Buffer.from('{"format":"aether-store/1"}\n'));
      files.makeDirectory('/store/blobs');
    };
    const store = await openDiskStore({ root: '/store', platform: machine.start(), mode });
    inner.ok(made, 'after store.json was checked');
    inner.strictSame(await store.runIds(), []);
    await store.close();
  }
});

void t.test('symlinks below the root are refused, the root may be one', async (inner) => {
  const base = inner.testdir({ outside: {} });
  const root = join(base, 'store');
  await (await openDiskStore({ root, platform })).close();
  symlinkSync(root, join(base, 'link'));
  const linked = await openDiskStore({ root: join(base, 'link'), platform });
  const run = sampleRun(openStager(linked.stager, platform), { id: 'r1' });
  await linked.publish(run);
  await linked.close();

  symlinkSync(join(base, 'outside'), join(root, 'blobs/sha256/zz'));
  await inner.rejects(openDiskStore({ root, platform }), {
    code: 'STORE_SYMLINK',
    message: /blobs\/sha256\/zz/,
  });
  await inner.rejects(openDiskStore({ root, platform, mode: 'read' }), { code: 'STORE_SYMLINK' });
});

void t.test('a symlink at the place of a record or blob is not followed', async (inner) => {
  const root = join(inner.testdir({ 'secret.json': '{}' }), 'store');
  const store = await openDiskStore({ root, platform });
  inner.teardown(() => store.close());
  symlinkSync(join(root, '../secret.json'), join(root, 'runs/r1.json'));
  await inner.rejects(store.run(runId('r1')), { code: 'STORE_SYMLINK', message: /runs\/r1\.json/ });
  const digest = sampleRun(openStager({ at: 'memory' }), { id: 'r1' }).blobs[0]!.digest;
  mkdirSync(join(root, 'blobs/sha256', digest.slice(0, 2)));
  symlinkSync(join(root, '../secret.json'), join(root, 'blobs/sha256', digest.slice(0, 2), digest.slice(2)));
  inner.equal(await store.hasBlob(digest), false);
  await inner.rejects(store.blob(digest), { code: 'STORE_SYMLINK' });
});

const isRoot = process.getuid?.() === 0;
void t.test('missing permission is named', { skip: isRoot && 'root may write anywhere' }, async (inner) => {
  const root = inner.testdir();
  chmodSync(root, 0o555);
  inner.teardown(() => {
    chmodSync(root, 0o755);
  });
  await inner.rejects(openDiskStore({ root: join(root, 's'), platform }), { code: 'STORE_READ_ONLY' });
});

void t.test('blobs and records are read-only files', async (inner) => {
  const root = inner.testdir();
  const store = await openDiskStore({ root, platform });
  await store.publish(sampleRun(openStager(store.stager, platform), { id: 'r1' }));
  await store.close();
  const all = readdirSync(root, { recursive: true, encoding: 'utf8' });
  const modes = all.filter((path) => /^(blobs|runs)\//.test(path)).map((path) => join(root, path));
  const paths = modes.filter((path) => statSync(path).isFile());
  inner.equal(paths.length, 5);
  for (const path of paths) inner.equal(statSync(path).mode & 0o222, 0, path);
});
