import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import t, { type Test } from 'tap';
import { manifest, PROFILE, RUN, TOPOLOGY } from '../batch/memory-documents.js';
import { CliFixture } from './cli-fixture.js';

const LOGGING = (path: string): string =>
  RUN.replace(
    'metrics:',
    `logging: {enabled: true, destination: file, file_path: ${JSON.stringify(path)}}, metrics:`,
  );

function lab(t: Test): { readonly cli: CliFixture; readonly outside: string } {
  const root = t.testdir({ outside: { 'file.txt': 'mine\n' }, project: { 'aether.yaml': '' } });
  const cli = new CliFixture(join(root, 'project'));
  cli.write('pair.yaml', TOPOLOGY);
  cli.write('cmp-0.yaml', PROFILE);
  return { cli, outside: join(root, 'outside') };
}

void t.test('a log is written below the logs folder of the store', async (t) => {
  const { cli } = lab(t);
  cli.write('m.yaml', manifest(`  - {id: one, run: ${LOGGING('nightly/one.log')}}`));
  t.match(await cli.batch('m.yaml', '--no-golden'), { code: 0 });
  t.match(readFileSync(join(cli.directory, 'artefacts/logs/nightly/one.log'), 'utf8'), '"run_start"');
  t.match(await cli.aether('store', 'verify'), { code: 0 }, 'the folder belongs to the store');
  t.match(await cli.aether('run', 'one', '--manifests', 'm.yaml', '--force', '--store', 'other'), {
    code: 0,
  });
  t.match(readFileSync(join(cli.directory, 'other/logs/nightly/one.log'), 'utf8'), '"run_start"');
});

void t.test('a log path outside of the folder is refused before any run starts', async (t) => {
  const { cli, outside } = lab(t);
  const logs = join(cli.directory, 'artefacts/logs');
  cli.write('m.yaml', manifest(`  - {id: one, run: ${LOGGING('made.log')}}`));
  t.match(await cli.batch('m.yaml', '--no-golden'), { code: 0 });
  mkdirSync(join(logs, 'directory'));
  symlinkSync(join(outside, 'file.txt'), join(logs, 'link'));
  symlinkSync(outside, join(logs, 'link-dir'));
  execFileSync('mkfifo', [join(logs, 'fifo')]);
  const paths = [join(outside, 'file.txt'), '../../../outside/file.txt', 'a/../../../../outside/new.txt'];
  for (const path of [...paths, 'link', 'link-dir/new.txt', 'fifo', 'directory', 'a\nb', 'a/', '.']) {
    cli.write('n.yaml', manifest(`  - {id: one, run: ${LOGGING(path)}}\n  - {id: two, run: ${RUN}}`));
    const { code, err, out } = await cli.batch('n.yaml', '--force', '--no-golden');
    t.equal(code, 2, JSON.stringify(path));
    t.match(err, /n\.yaml:4:\d+: (?:log-path-outside|bad-path|not-a-file)/, path);
    t.equal(out, '', 'nothing ran');
  }
  t.same(readdirSync(outside), ['file.txt']);
  t.equal(readFileSync(join(outside, 'file.txt'), 'utf8'), 'mine\n');
});

void t.test('every command that loads manifests stays in the project, and accepts --root', async (t) => {
  const { cli, outside } = lab(t);
  writeFileSync(join(outside, 'profile.yaml'), readFileSync(join(cli.directory, 'cmp-0.yaml')));
  const file = 'manifests/m.yaml';
  cli.write(
    file,
    manifest(
      `  - {id: one, run: ${RUN.replace('pair.yaml', '../pair.yaml').replace('cmp-0.yaml', '../../outside/profile.yaml')}}`,
    ),
  );
  const commands = [
    ['batch', '-n', '--no-golden'],
    ['validate', file],
    ['scenarios', 'show', 'one'],
    ['run', 'one'],
    ['explain', 'one'],
    ['audit'],
    ['serve', '--port', '0', '--root', '/none-such'],
    ['golden', 'status'],
  ];
  for (const command of commands) {
    const [name] = command as [string];
    const strict = await cli.aether(...command);
    if (name !== 'golden' && name !== 'serve') {
      t.equal(strict.code, 2, command.join(' '));
      t.match(`${strict.out}${strict.err}`, 'outside-root', command.join(' '));
    }
    if (name === 'serve') {
      t.match(strict, { code: 2, err: /--root must be a directory/ });
      continue;
    }
    // An audit that is accepted would run everything five times.
    if (name === 'audit') continue;
    const wide = await cli.aether(...command, '--root', '..');
    t.notMatch(`${wide.out}${wide.err}`, 'outside-root', `${command.join(' ')} --root ..`);
    const wrong = await cli.aether(...command, '--root', 'none-such');
    t.match(wrong, { code: 2, err: /--root must be a directory that exists, got "none-such"/ }, name);
  }
});
