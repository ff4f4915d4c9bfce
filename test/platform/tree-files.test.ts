import { spawnSync } from 'node:child_process';
import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import t, { type Test } from 'tap';
import type { TreeFiles } from '../../lib/base/ports.js';
import { nodeTreeFiles } from '../../lib/platform/index.js';
import { SimulatedFiles } from '../store/simulated-files.js';

interface Ground {
  readonly files: TreeFiles;
  readonly root: string;
  readonly plantSymlink: (path: string) => void;
}

const text = (bytes: Uint8Array): string => Buffer.from(bytes).toString();

async function writing(t: Test, { files, root }: Ground): Promise<void> {
  t.equal(files.stat(`${root}/a`), undefined);
  files.create(`${root}/a`, Buffer.from('alpha'), 0o444);
  t.match(files.stat(`${root}/a`), { kind: 'file', size: 5 });
  t.throws(
    () => {
      files.create(`${root}/a`, 'again', 0o644);
    },
    { code: 'EEXIST' },
  );
  files.create(`${root}/ä`, 'ümlaut', 0o644);
  t.equal(files.readText(`${root}/ä`), 'ümlaut');
  t.equal(files.makeDirectory(`${root}/d`), true);
  t.equal(files.makeDirectory(`${root}/d`), false);
  t.match(files.stat(`${root}/d`), { kind: 'directory' });
  t.strictSame(files.list(root), [
    { name: 'a', kind: 'file' },
    { name: 'd', kind: 'directory' },
    { name: 'ä', kind: 'file' },
  ]);
  t.strictSame(files.list(`${root}/nothing`), []);
  t.throws(() => files.list(`${root}/a`), { code: 'ENOTDIR' });
  for (const path of ['a', 'd', '', '.']) await files.sync(`${root}/${path}`);
  await t.rejects(files.sync(`${root}/nothing`), { code: 'ENOENT' });
  t.throws(() => files.makeDirectory(`${root}/x/y`), { code: 'ENOENT' });
}

async function reading(t: Test, { files, root }: Ground): Promise<void> {
  const bytes = Buffer.from('0123456789'.repeat(300_000));
  files.create(`${root}/a`, bytes, 0o644);
  t.ok(bytes.equals(await files.readBytes(`${root}/a`)));
  const pieces: Buffer[] = [];
  files.readPieces(`${root}/a`, (piece) => pieces.push(Buffer.from(piece)));
  t.ok(bytes.equals(Buffer.concat(pieces)), 'pieces');
  t.equal(text(files.readRange(`${root}/a`, 1003, 5)), '34567');
  t.equal(text(files.readRange(`${root}/a`, 2_999_998, 5)), '89');
  t.equal(files.readRange(`${root}/a`, 4_000_000, 5).length, 0);
  const into = Buffer.alloc(5);
  t.equal(text(files.readInto(`${root}/a`, 1003, into)), '34567');
  t.equal(text(files.readInto(`${root}/a`, 2_999_998, into)), '89');
  t.equal(into.toString(), '89567', 'bytes are read into the buffer of the caller');
  t.equal(files.readText(`${root}/nothing`), undefined);
  await t.rejects(files.readBytes(`${root}/nothing`), { code: 'ENOENT' });
  t.throws(
    () => {
      files.readPieces(`${root}/nothing`, () => undefined);
    },
    { code: 'ENOENT' },
  );
  t.equal(files.realPath(root), root);
  t.throws(() => files.realPath(`${root}/nothing`), { code: 'ENOENT' });
}

async function changing(t: Test, { files, root }: Ground): Promise<void> {
  files.create(`${root}/a`, 'new', 0o644);
  files.create(`${root}/b`, 'old', 0o444);
  const before = files.stat(`${root}/b`)!.ino;
  files.rename(`${root}/a`, `${root}/b`);
  t.equal(files.readText(`${root}/b`), 'new');
  t.equal(files.stat(`${root}/a`), undefined);
  t.not(files.stat(`${root}/b`)!.ino, before, 'another file');
  t.throws(
    () => {
      files.rename(`${root}/a`, `${root}/b`);
    },
    { code: 'ENOENT' },
  );
  t.equal(files.remove(`${root}/b`), true);
  t.equal(files.remove(`${root}/b`), false);
  files.makeDirectory(`${root}/d`);
  files.create(`${root}/d/e`, '', 0o644);
  t.equal(files.removeDirectory(`${root}/d`), false, 'the directory is not empty');
  t.throws(() => files.removeDirectory(`${root}/d/e`), { code: 'ENOTDIR' });
  files.remove(`${root}/d/e`);
  t.equal(files.removeDirectory(`${root}/d`), true);
  t.equal(files.removeDirectory(`${root}/d`), false);
  t.throws(
    () => {
      files.touch(`${root}/b`);
    },
    { code: 'ENOENT' },
  );
}

async function symlinks(t: Test, { files, root, plantSymlink }: Ground): Promise<void> {
  plantSymlink(`${root}/link`);
  t.match(files.stat(`${root}/link`), { kind: 'symlink' });
  t.strictSame(files.list(root), [{ name: 'link', kind: 'symlink' }]);
  t.throws(() => files.readText(`${root}/link`), { code: 'ELOOP' });
  t.throws(() => files.readRange(`${root}/link`, 0, 1), { code: 'ELOOP' });
  await t.rejects(files.readBytes(`${root}/link`), { code: 'ELOOP' });
}

/** Tests run on the simulation and on the disk, because proofs by simulation require equal behaviour. */
const grounds: Record<string, (t: Test) => Ground> = {
  disk: (t) => {
    const root = nodeTreeFiles.realPath(t.testdir());
    // The target lies outside, so following the link would find a readable file.
    return {
      files: nodeTreeFiles,
      root,
      plantSymlink: (path) => {
        symlinkSync(join(process.cwd(), 'package.json'), path);
      },
    };
  },
  simulation: () => {
    const files = new SimulatedFiles();
    files.makeDirectory('/ground');
    return {
      files,
      root: '/ground',
      plantSymlink: (path) => {
        files.plantSymlink(path);
      },
    };
  },
};

for (const [name, ground] of Object.entries(grounds)) {
  for (const [what, check] of Object.entries({ writing, reading, changing, symlinks })) {
    void t.test(`${name}: ${what}`, (inner) => check(inner, ground(inner)));
  }
}

/** A pipe without a writer: opening it for reading blocks. */
function makePipe(path: string): boolean {
  return spawnSync('mkfifo', [path]).status === 0;
}

void t.test('opening anything but a regular file is refused without blocking', async (inner) => {
  const root = inner.testdir({ directory: {} });
  const refused = async (path: string, code: string): Promise<void> => {
    inner.throws(() => nodeTreeFiles.readText(path), { code });
    inner.throws(() => nodeTreeFiles.readRange(path, 0, 1), { code });
    const read = (): void => {
      nodeTreeFiles.readPieces(path, () => undefined);
    };
    inner.throws(read, { code });
    await inner.rejects(nodeTreeFiles.readBytes(path), { code });
  };
  await refused(join(root, 'directory'), 'EISDIR');
  const pipe = join(root, 'pipe');
  if (makePipe(pipe)) await refused(pipe, 'EFTYPE');
  else inner.comment('skipped the pipe: there is no mkfifo');
  if (process.platform !== 'win32') await refused('/dev/null', 'EFTYPE');
});

void t.test('touch updates the modification time', async (inner) => {
  const path = join(inner.testdir({ a: '' }), 'a');
  const { utimesSync } = await import('node:fs');
  utimesSync(path, 1, 1);
  nodeTreeFiles.touch(path);
  inner.ok(nodeTreeFiles.stat(path)!.mtimeMs > 1_000_000);
});
