import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { ChildProcessWithoutNullStreams } from 'node:child_process';
import t from 'tap';
import { ALL, ended, projectWith, runText, type CliFixture } from './cli-fixture.js';

const LONG = `
  - {id: short, run: ${runText()}}
  - {id: long, run: ${runText({ ticks: '20000000', windows: '{every: 10000, apx_name: A}' })}}
`;

/** Resolves when the program has printed the text. */
function says(child: ChildProcessWithoutNullStreams, words: string): Promise<void> {
  let text = '';
  return new Promise((resolve, reject) => {
    child.on('exit', () => {
      reject(new Error(`ended without saying ${words}`));
    });
    child.stdout.on('data', (bytes: Buffer) => {
      text += bytes.toString();
      if (text.includes(words)) resolve();
    });
  });
}

interface Record {
  readonly state: string;
  readonly name: string;
  readonly ticks_completed: number;
}

async function records(cli: CliFixture): Promise<Record[]> {
  return JSON.parse((await cli.aether('runs', '--json')).out) as Record[];
}

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  void t.test(`${signal}: active runs are recorded as cancelled, completed ones are kept`, async (inner) => {
    const cli = projectWith(inner.testdir(), LONG).alwaysSpawned();
    const child = cli.start('aether-batch', ALL, '--reporter', 'json', '-j', '2');
    const end = ended(child);
    await says(child, '"state":"completed"');
    child.kill(signal);
    const { code, err } = await end;
    inner.equal(code, 130);
    inner.match(err, /interrupted; interrupt again to exit at once: 1 running run to stop at the next tick/);
    inner.match(err, /interrupted; 1 run left, the same command continues/);
    const runs = await records(cli);
    inner.strictSame(runs.map(({ name, state }) => [name, state]).sort(), [
      ['long', 'cancelled'],
      ['short', 'completed'],
    ]);
    inner.match(
      (await cli.batch(ALL, '-n')).out,
      /long +20,000,000 .*ended as cancelled, which is not a result/,
    );
  });
}

void t.test('a second signal exits at once', async (inner) => {
  const cli = projectWith(inner.testdir(), LONG).alwaysSpawned();
  const child = cli.start('aether-batch', ALL, '--reporter', 'json', '-j', '2');
  const end = ended(child);
  await says(child, '"state":"completed"');
  child.kill('SIGINT');
  child.kill('SIGTERM');
  const { code } = await end;
  inner.equal(code, 130);
});

void t.test('a killed batch loses only its active runs', async (inner) => {
  const cli = projectWith(inner.testdir(), LONG).alwaysSpawned();
  const child = cli.start('aether-batch', ALL, '--reporter', 'json', '-j', '2');
  const end = ended(child);
  await says(child, '"state":"completed"');
  child.kill('SIGKILL');
  inner.equal((await end).code, 'SIGKILL');
  const next = await cli.batch(ALL, '-g', 'short', '--json');
  inner.equal(next.code, 0, next.err);
  inner.match(JSON.parse(next.out), { cached: 1, completed: 0 });
  inner.strictSame(
    (await records(cli)).map(({ name }) => name),
    ['short'],
  );
});

void t.test('a closed pipe is not an error', async (inner) => {
  const cli = projectWith(inner.testdir(), `\n  - {id: a, run: ${runText({ ticks: '5000' })}}\n`);
  inner.equal((await cli.batch(ALL)).code, 0);
  const child = cli.start('aether', 'cat', 'a', 'umx_ledger');
  child.stdout.once('data', () => child.stdout.destroy());
  let err = '';
  child.stderr.on('data', (bytes: Buffer) => (err += bytes.toString()));
  const code = await new Promise((resolve) => child.on('exit', resolve));
  inner.equal(code, 0);
  inner.equal(err, '');
});

void t.test('commands that only read exit with 130 as well', async (inner) => {
  const cli = projectWith(inner.testdir(), `\n  - {id: a, run: ${runText({ ticks: '5000' })}}\n`);
  inner.equal((await cli.batch(ALL)).code, 0);
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    const child = cli.start('aether', 'store', 'export', 'a', '--format', 'tar', '-o', '-');
    const ended = new Promise((resolve) => child.on('exit', (code, by) => resolve(code ?? by)));
    // The output is larger than a pipe, so some remains when the reader stops.
    child.stdout.once('data', () => {
      child.stdout.pause();
      child.kill(signal);
    });
    inner.equal(await ended, 130, signal);
  }
});

void t.test('only a run that needs too much time or memory fails', async (inner) => {
  const cli = projectWith(inner.testdir(), LONG).alwaysSpawned();
  const late = await cli.batch(ALL, '--timeout', '5s', '--json', '-j', '2');
  inner.equal(late.code, 1);
  inner.match(JSON.parse(late.out), {
    completed: 1,
    failed: 1,
    runs: [{ name: 'long', state: 'timed_out' }, {}],
  });
  inner.ok(readdirSync(join(cli.directory, 'artefacts/runs')).length >= 2);
});
