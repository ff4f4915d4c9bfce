import { existsSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { ALL, projectWith, runText } from './cli-fixture.js';

void t.test('a single dash is refused, not dropped', async (t) => {
  const cli = projectWith(t.testdir(), `\n  - {id: pair, run: ${runText()}}\n`).alwaysSpawned();
  for (const args of [
    ['validate', '-'],
    ['validate', '-', 'manifest.yaml'],
    ['validate', '--', '-'],
    ['inspect', '-'],
    ['cat', 'pair', '-'],
    ['store', 'import', '-'],
    ['-'],
  ]) {
    const { code, out, err } = await cli.aether(...args);
    t.match({ code, out }, { code: 2, out: '' }, args.join(' '));
    t.match(err, /- is not supported: standard input is not read/);
  }
  const batch = await cli.batch('-');
  t.equal(batch.code, 2);
  t.match(batch.err, 'give [globs..]; save piped input to a file first');
  t.notOk(existsSync(join(cli.directory, 'artefacts')), 'no run was started');
});

void t.test('a dash as the value of an option is kept', async (t) => {
  const cli = projectWith(t.testdir(), `\n  - {id: pair, run: ${runText()}}\n`).alwaysSpawned();
  await cli.batch(ALL, '--no-golden');
  const { code, out } = await cli.aether('store', 'export', 'pair', '--format', 'tar', '-o', '-');
  t.equal(code, 0);
  t.ok(out.length > 1024);
});

void t.test('an empty name is neither a file nor a run', async (t) => {
  const cli = projectWith(t.testdir(), `\n  - {id: pair, run: ${runText()}}\n`).alwaysSpawned();
  t.match(await cli.aether('validate', ''), { code: 2, err: /<files..> must be a path that is not empty/ });
  t.match(await cli.aether('inspect', ''), { code: 2, err: /<run> must be a text that is not empty/ });
});
