import { execFileSync } from 'node:child_process';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { mkdtempSync, rmSync } from 'node:fs';
import { join, relative } from 'node:path';
import t from 'tap';
import { manifest, PROFILE, RUN, TOPOLOGY } from '../batch/memory-documents.js';
import { manifestFiles } from '../../lib/cli/scenarios/manifest-files.js';
import { CliFixture } from './cli-fixture.js';

const ODD_NAMES = [
  'a (1)',
  '[x]',
  '{a,b}',
  'with space',
  'back\\slash',
  '!bang',
  '+(a)',
  '@(b)',
  '(',
  'a[',
  'q?',
  's*',
];

void t.test('a pattern below a directory of any name matches', async (t) => {
  const root = t.testdir({});
  for (const name of ODD_NAMES) {
    mkdirSync(join(root, name, 'm'), { recursive: true });
    for (const file of ['m/a.yaml', 'm/b.yaml', 'm (1).yaml']) writeFileSync(join(root, name, file), '');
    const at = (file: string): string => join(root, name, file);
    t.same(await manifestFiles([at('m/*.yaml')]), [at('m/a.yaml'), at('m/b.yaml')], name);
    t.same(await manifestFiles([at('*/a.yaml')]), [at('m/a.yaml')], `${name}: a pattern in the middle`);
    t.same(await manifestFiles([at('m (1).yaml')]), [at('m (1).yaml')], `${name}: a file of an odd name`);
    t.same(await manifestFiles([at('m (1).y*')]), [at('m (1).yaml')], `${name}: and a pattern`);
    const near = relative(process.cwd(), at('m/*.yaml'));
    t.same(await manifestFiles([near]), [
      relative(process.cwd(), at('m/a.yaml')),
      relative(process.cwd(), at('m/b.yaml')),
    ]);
  }
  t.same(await manifestFiles([join(root, 'a (1)/m/{a,b}.yaml')]), [
    join(root, 'a (1)/m/a.yaml'),
    join(root, 'a (1)/m/b.yaml'),
  ]);
  await t.rejects(manifestFiles([join(root, 'a (1)/m/*.yml')]), { message: /matches no file/ });
});

void t.test('a match that is not a document is reported, not ignored', async (t) => {
  const directory = mkdtempSync(join(tmpdir(), 'aether-'));
  const cli = new CliFixture(directory);
  const server = createServer();
  t.teardown(() => {
    server.close();
    rmSync(directory, { recursive: true, force: true });
  });
  cli.write('m/pair.yml', TOPOLOGY);
  cli.write('m/cmp-0.yml', PROFILE);
  const run = RUN.replace('pair.yaml', 'pair.yml').replace('cmp-0.yaml', 'cmp-0.yml');
  cli.write('m/good.yaml', manifest(`  - {id: one, run: ${run}}`));
  t.match(await cli.batch('--manifests', 'm/*.yaml', '--list'), { code: 0, out: 'one\n' });
  symlinkSync('gone.yaml', join(directory, 'm/dangling.yaml'));
  symlinkSync('loop.yaml', join(directory, 'm/loop.yaml'));
  mkdirSync(join(directory, 'm/directory.yaml'));
  mkdirSync(join(directory, 'm/plain-directory'));
  execFileSync('mkfifo', [join(directory, 'm/fifo.yaml')]);
  await new Promise<void>((resolve) => server.listen(join(directory, 'm/socket.yaml'), resolve));
  const wrong = {
    'dangling.yaml': 'file-missing',
    'loop.yaml': 'file-unreadable',
    'directory.yaml': 'not-a-file',
    'fifo.yaml': 'not-a-file',
    'socket.yaml': 'not-a-file',
  };
  const all = await cli.batch('--manifests', 'm/*.yaml');
  t.equal(all.code, 2);
  for (const [name, code] of Object.entries(wrong)) {
    t.match(all.err, `m/${name}: ${code}`, name);
    const { code: exit, err } = await cli.batch('--list', `m/${name}`);
    t.equal(exit, 2, `${name} given by name`);
    t.match(err, `m/${name}: ${code}`, name);
  }
  t.notMatch(all.err, 'plain-directory');
  const long = await cli.batch('--list', `m/${'x'.repeat(300)}.yaml`);
  t.match(long, { code: 2, err: /file-unreadable: .*ENAMETOOLONG/ }, 'an overlong name');
  t.match(await cli.batch('--list', 'm/good.yaml/x.yaml'), { code: 2 }, 'a file as a directory');
  t.match(await cli.batch('--list', 'loop/*.yaml'), { code: 2 }, 'nothing matches');
});
