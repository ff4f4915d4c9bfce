import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { nodeTreeFiles } from '../../lib/platform/index.js';
import { SimulatedFiles } from '../store/simulated-files.js';

const DEEP = '/a/b/c/d';

void t.test('created directories survive a power failure', async (inner) => {
  const files = new SimulatedFiles();
  await files.makeDirectories(DEEP);
  files.cutPower({ keepName: () => false, keepBytes: () => 0 });
  inner.equal(files.stat(DEEP)?.kind, 'directory');
});

void t.test('directories that a killed process began to create become durable', async (inner) => {
  let steps = 0;
  for (let killed = true; killed; steps++) {
    const files = new SimulatedFiles();
    let left = steps;
    killed = false;
    files.before = (): void => {
      if (left-- > 0) return;
      killed = true;
      throw new Error('killed');
    };
    await files.makeDirectories(DEEP).catch(() => undefined);
    files.before = (): void => undefined;
    await files.makeDirectories(DEEP);
    files.cutPower({ keepName: () => false, keepBytes: () => 0 });
    inner.equal(files.stat(DEEP)?.kind, 'directory', `killed at step ${String(steps)}`);
  }
  inner.ok(steps > 10);
});

void t.test('a parent may be a symbolic link', async (inner) => {
  const root = inner.testdir();
  mkdirSync(join(root, 'real'));
  symlinkSync('real', join(root, 'link'));
  await nodeTreeFiles.makeDirectories(join(root, 'link/one/two'));
  await nodeTreeFiles.makeDirectories(join(root, 'link/one'));
  await nodeTreeFiles.makeDirectories(join(root, 'link'));
  inner.equal(nodeTreeFiles.stat(join(root, 'real/one/two'))?.kind, 'directory');
});
