import { existsSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { makeDirectories } from '../../lib/platform/index.js';

void t.test('all missing directories are created', (inner) => {
  const path = join(inner.testdir(), 'a/b/c');
  makeDirectories(path);
  inner.ok(statSync(path).isDirectory());
  makeDirectories(path);
  inner.end();
});

void t.test('a file at the place of a directory is an error', (inner) => {
  const directory = inner.testdir();
  const file = join(directory, 'file');
  writeFileSync(file, '');
  inner.throws(
    () => {
      makeDirectories(file);
    },
    { code: 'EEXIST' },
  );
  inner.throws(
    () => {
      makeDirectories(join(file, 'below'));
    },
    { code: 'ENOTDIR' },
  );
  inner.end();
});

void t.test(
  'a directory that cannot be created fails at once',
  { skip: existsSync('/proc/self') ? false : 'there is no /proc' },
  (inner) => {
    inner.throws(
      () => {
        makeDirectories('/proc/nothing/here');
      },
      { code: 'ENOENT' },
    );
    inner.end();
  },
);
