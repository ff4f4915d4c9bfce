import { execFileSync } from 'node:child_process';
import {
  existsSync,
  linkSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { appendBelow } from '../../lib/platform/append-below.js';

void t.test('text is appended to a file below the directory', (t) => {
  const root = t.testdir({});
  for (const [path, text] of [
    ['a.log', 'one\n'],
    ['a.log', 'two\n'],
    ['deep/er/b.log', 'three\n'],
  ] as const) {
    const file = appendBelow(join(root, 'logs'), path);
    file.append(text);
    file.close();
  }
  t.equal(readFileSync(join(root, 'logs/a.log'), 'utf8'), 'one\ntwo\n');
  t.equal(readFileSync(join(root, 'logs/deep/er/b.log'), 'utf8'), 'three\n');
  t.end();
});

void t.test('files outside of the directory are not opened', (t) => {
  const root = t.testdir({ outside: { 'file.txt': 'mine\n', folder: {} }, logs: { folder: {} } });
  const logs = join(root, 'logs');
  symlinkSync('../outside/file.txt', join(logs, 'link'));
  symlinkSync('../outside/new.txt', join(logs, 'dangling'));
  symlinkSync('../outside/folder', join(logs, 'link-dir'));
  linkSync(join(root, 'outside/file.txt'), join(logs, 'second-name'));
  symlinkSync('../../outside/file.txt', join(logs, 'folder/link'));
  execFileSync('mkfifo', [join(logs, 'fifo')]);
  mkdirSync(join(logs, 'directory'));
  writeFileSync(join(logs, 'file'), '');
  for (const [path, code] of [
    ['link', 'ELOOP'],
    ['dangling', 'ELOOP'],
    ['link-dir/a.log', 'ELOOP'],
    ['link-dir/deep/a.log', 'ELOOP'],
    ['folder/link', 'ELOOP'],
    ['second-name', 'EMLINK'],
    ['fifo', 'ENXIO'],
    ['directory', 'EISDIR'],
    ['file/a.log', 'ENOTDIR'],
    ['../outside/file.txt', 'EINVAL'],
    ['folder/../../outside/file.txt', 'EINVAL'],
    ['/etc/passwd', 'EINVAL'],
    ['.', 'EINVAL'],
    ['', 'EINVAL'],
  ] as const)
    t.throws(() => appendBelow(logs, path), { code }, path);
  symlinkSync('outside', join(root, 'logs-link'));
  t.throws(() => appendBelow(join(root, 'logs-link'), 'a.log'), { code: 'ELOOP' }, 'the directory itself');
  t.equal(readFileSync(join(root, 'outside/file.txt'), 'utf8'), 'mine\n');
  t.same(readdirSync(join(root, 'outside')).sort(), ['file.txt', 'folder']);
  t.notOk(existsSync(join(root, 'outside/folder/a.log')));
  t.end();
});
