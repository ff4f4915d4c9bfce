import { statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { nodeGrowingFiles } from '../../lib/platform/index.js';

const modeOf = (path: string): number => statSync(path).mode & 0o777;

void t.test('appended text can be read while the file grows', async (inner) => {
  const path = join(inner.testdir(), 'log');
  inner.equal(nodeGrowingFiles.size(path), 0);
  const file = nodeGrowingFiles.open(path);
  file.append('one\n');
  file.append(Buffer.from('two\n'));
  inner.equal(nodeGrowingFiles.size(path), 8);
  inner.equal(Buffer.from(await nodeGrowingFiles.read(path, 4, 100)).toString(), 'two\n');
  file.close();
  inner.equal((await nodeGrowingFiles.read(`${path}-not-there`, 0, 1)).length, 0);
});

void t.test('a new file has the default mode unless it is private', (inner) => {
  const directory = inner.testdir();
  const [any, open, secret] = ['any', 'open', 'secret'].map((name) => join(directory, name));
  writeFileSync(any!, '');
  nodeGrowingFiles.open(open!).close();
  nodeGrowingFiles.open(secret!, 'private').close();
  inner.equal(modeOf(open!), modeOf(any!));
  inner.equal(modeOf(secret!), modeOf(any!) & 0o600);
  inner.end();
});
