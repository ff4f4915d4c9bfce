import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { join } from 'node:path';
import t, { type Test } from 'tap';
import { replaceFiles } from '../../lib/golden/tree/replace-files.js';
import { nodeGrowingFiles, nodePlatform, nodeTreeFiles, writePieces } from '../../lib/platform/index.js';
import {
  describeNotice,
  openDiskStore,
  openStager,
  verifyStore,
  type StoreNotice,
} from '../../lib/store/index.js';
import { keyOf, sampleRun } from '../store/sample-run.js';

type Fs = typeof fs;

/** Replaces system calls of node until the test ends. */
function withCalls(test: Test, calls: (real: Fs) => Partial<Fs>): void {
  const real = { ...fs };
  const others = calls(real);
  Object.assign(fs, others);
  syncBuiltinESMExports();
  test.teardown(() => {
    for (const name of Object.keys(others)) Object.assign(fs, { [name]: real[name as keyof Fs] });
    syncBuiltinESMExports();
  });
}

function systemError(code: string): NodeJS.ErrnoException {
  return Object.assign(new Error(`${code}: simulated`), { code });
}

/** An fsync that fails for paths that `fails` selects; other files and directories sync. */
function failingSync(test: Test, code: string, fails: (stats: fs.Stats) => boolean): void {
  withCalls(test, (real) => ({
    fsync: ((fd: number, done: (error: Error | null) => void) => {
      if (fails(real.fstatSync(fd))) process.nextTick(done, systemError(code));
      else real.fsync(fd, done);
    }) as Fs['fsync'],
  }));
}

for (const code of ['EINVAL', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EBADF', 'EPERM', 'EISDIR']) {
  void t.test(`a file system that refuses to sync directories is reported once: ${code}`, async (inner) => {
    failingSync(inner, code, (stats) => stats.isDirectory());
    const root = inner.testdir();
    const notices: StoreNotice[] = [];
    const open = () =>
      openDiskStore({
        root: join(root, 'deep/er/store'),
        platform: nodePlatform(),
        onNotice: (notice) => notices.push(notice),
      });
    const store = await open();
    const stager = openStager(store.stager, nodePlatform());
    await store.publish(sampleRun(stager, { id: 'r1' }));
    await store.publish(sampleRun(stager, { id: 'r2' }));
    inner.equal((await store.runForKey(keyOf('r2')))?.id, 'r2');
    inner.strictSame((await verifyStore(store)).problems, []);
    await store.close();
    inner.strictSame(notices, [{ type: 'directories_not_synced' }], 'said once');
    inner.match(describeNotice(notices[0]!), /does not sync directories/);
    await replaceFiles(nodePlatform(), join(root, 'golden/new'), [['golden.json', '{}']]);
    inner.equal(nodeTreeFiles.readText(join(root, 'golden/new/golden.json')), '{}');
    await writePieces(join(root, 'export'), pieces('one', 'two'));
    inner.equal(nodeTreeFiles.readText(join(root, 'export')), 'onetwo');
  });

  void t.test(`a failed sync of a file with ${code} is an error`, async (inner) => {
    failingSync(inner, code, (stats) => stats.isFile());
    const store = await openDiskStore({ root: inner.testdir(), platform: nodePlatform() }).catch(
      (error: unknown) => error,
    );
    inner.match(store, { code: /^STORE_/ });
    const path = join(inner.testdir(), 'x');
    nodeTreeFiles.create(path, 'x', 0o644);
    await inner.rejects(nodeTreeFiles.sync(path), { code });
  });
}

void t.test('a directory that the disk failed to sync is an error', async (inner) => {
  failingSync(inner, 'EIO', (stats) => stats.isDirectory());
  await inner.rejects(nodeTreeFiles.sync(inner.testdir()), { code: 'EIO' });
});

async function* pieces(...texts: string[]): AsyncGenerator<Uint8Array> {
  for (const text of texts) yield Buffer.from(text);
}

/** Reads and writes a few bytes at a time and interrupts every other call. */
function interrupting(test: Test): void {
  let calls = 0;
  const turn = (): void => {
    if (++calls % 2 === 0) throw systemError('EINTR');
  };
  withCalls(test, (real) => ({
    writeSync: ((fd: number, bytes: Uint8Array, from: number, length: number) => {
      turn();
      return real.writeSync(fd, bytes, from, Math.min(length, 3));
    }) as Fs['writeSync'],
    readSync: ((fd: number, bytes: Uint8Array, at: number, length: number, from: number | null) => {
      turn();
      return real.readSync(fd, bytes, at, Math.min(length, 5), from);
    }) as Fs['readSync'],
    readFileSync: ((...args: Parameters<Fs['readFileSync']>) => {
      turn();
      return real.readFileSync(...args);
    }) as Fs['readFileSync'],
  }));
}

void t.test('short and interrupted reads and writes lose no bytes', (inner) => {
  const text = '0123456789'.repeat(50);
  const path = join(inner.testdir(), 'file');
  const log = join(inner.testdir(), 'log');
  interrupting(inner);
  nodeTreeFiles.create(path, text, 0o644);
  inner.equal(nodeTreeFiles.readText(path), text);
  inner.equal(Buffer.from(nodeTreeFiles.readRange(path, 7, 200)).toString(), text.slice(7, 207));
  let read = '';
  nodeTreeFiles.readPieces(path, (piece) => (read += Buffer.from(piece).toString()));
  inner.equal(read, text);
  const growing = nodeGrowingFiles.open(log);
  growing.append(text);
  growing.append(Buffer.from(text));
  growing.close();
  inner.equal(nodeTreeFiles.readText(log), text + text);
  inner.end();
});

void t.test('a store works with short and interrupted calls', async (inner) => {
  const root = inner.testdir();
  interrupting(inner);
  const store = await openDiskStore({ root, platform: nodePlatform() });
  await store.publish(sampleRun(openStager(store.stager, nodePlatform()), { id: 'r1' }));
  inner.strictSame((await verifyStore(store)).problems, []);
  await store.close();
});

void t.test('names are listed in one order on every file system', (inner) => {
  const root = inner.testdir();
  for (const name of ['b', 'a', 'ä', 'B', '10', '9']) nodeTreeFiles.create(join(root, name), '', 0o644);
  withCalls(inner, (real) => ({
    readdirSync: ((...args: Parameters<Fs['readdirSync']>) =>
      real.readdirSync(...args).reverse()) as Fs['readdirSync'],
  }));
  inner.strictSame(
    nodeTreeFiles.list(root).map(({ name }) => name),
    ['10', '9', 'B', 'a', 'b', 'ä'],
  );
  inner.end();
});
