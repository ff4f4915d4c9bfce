import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { nodeDocumentFiles, writePieces } from '../../lib/platform/index.js';

async function* pieces(...parts: readonly string[]): AsyncGenerator<Uint8Array> {
  for (const part of parts) yield Buffer.from(part);
}

void t.test('a file is replaced as a whole or not at all', async (inner) => {
  const directory = inner.testdir({ out: 'before' });
  await writePieces(join(directory, 'out'), pieces('one ', 'two'));
  inner.equal(readFileSync(join(directory, 'out'), 'utf8'), 'one two');
  inner.strictSame(readdirSync(directory), ['out']);
});

void t.test('a stream that fails leaves the existing file unchanged', async (inner) => {
  const directory = inner.testdir({ out: 'before' });
  const failing = async function* (): AsyncGenerator<Uint8Array> {
    yield* pieces('half');
    throw new Error('no more');
  };
  await inner.rejects(writePieces(join(directory, 'out'), failing()), { message: 'no more' });
  inner.equal(readFileSync(join(directory, 'out'), 'utf8'), 'before');
  inner.strictSame(readdirSync(directory), ['out']);
});

void t.test('the kind of a path is file, directory, other or missing', async (inner) => {
  const directory = inner.testdir({
    file: 'text',
    folder: {},
    link: inner.fixture('symlink', 'file'),
    dangling: inner.fixture('symlink', 'nowhere'),
  });
  const kind = (name: string): string => nodeDocumentFiles.kind(join(directory, name));
  inner.strictSame(['file', 'folder', 'link', 'dangling', 'none'].map(kind), [
    'file',
    'directory',
    'file',
    'symlink',
    'missing',
  ]);
  inner.equal(nodeDocumentFiles.size(join(directory, 'link')), 4);
  inner.equal(Buffer.from(nodeDocumentFiles.read(join(directory, 'link'))).toString(), 'text');
  inner.throws(() => nodeDocumentFiles.read(join(directory, 'none')), { code: 'ENOENT' });
});
