import type { ChildProcessWithoutNullStreams } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { ALL, ended, projectWith, runText, type CliFixture } from './cli-fixture.js';

/** Sets the wall clock of the program by a number of milliseconds on SIGUSR2, and prints a note. */
const CLOCK = (step: number): string => `
const now = Date.now;
process.on('SIGUSR2', () => {
  Date.now = () => now() + ${String(step)};
  process.stderr.write('the clock was set\\n');
}).unref?.();
`;
const HOUR = 3_600_000;
const LOGGED = 'logging: {enabled: true, level: info, destination: stdout, include_ticks: false}, metrics:';
const LONG = runText({ ticks: '20000000', windows: '{every: 10000, apx_name: A}' }).replace(
  'metrics:',
  LOGGED,
);

/** The same project, with a wall clock that can be set. */
function withClock(cli: CliFixture, step: number): CliFixture {
  cli.write('clock.cjs', CLOCK(step));
  return cli.with({ NODE_OPTIONS: `--require ${join(cli.directory, 'clock.cjs')}` });
}

function says(stream: ChildProcessWithoutNullStreams['stdout'], words: string): Promise<void> {
  let text = '';
  return new Promise((resolve, reject) => {
    stream.on('end', () => {
      reject(new Error(`ended without saying ${words}: ${text}`));
    });
    stream.on('data', (bytes: Buffer) => {
      text += bytes.toString();
      if (text.includes(words)) resolve();
    });
  });
}

interface Times {
  readonly state: string;
  readonly started_at: string;
  readonly ended_at: string;
}

async function onlyRun(cli: CliFixture): Promise<Times> {
  const [run] = JSON.parse((await cli.aether('runs', '--json')).out) as Times[];
  return run!;
}

for (const step of [-HOUR, HOUR]) {
  void t.test(`aether run handles SIGINT after the clock was set by ${String(step)} ms`, async (inner) => {
    const plain = projectWith(inner.testdir(), `\n  - {id: long, run: ${LONG}}\n`);
    const child = withClock(plain, step).start('aether', 'run', 'long', '--manifests', ALL);
    const end = ended(child);
    await says(child.stdout, 'run_start');
    const isSet = says(child.stderr, 'the clock was set');
    child.kill('SIGUSR2');
    await isSet;
    child.kill('SIGINT');
    inner.equal((await end).code, 130);
    const { state, started_at, ended_at } = await onlyRun(plain);
    inner.equal(state, 'cancelled');
    inner.ok(ended_at >= started_at, `${started_at} to ${ended_at}`);
  });

  void t.test(`a time limit applies after the clock was set by ${String(step)} ms`, async (inner) => {
    const scenario = `\n  - {id: long, timeout: 4s, run: ${LONG}}\n`;
    const plain = projectWith(inner.testdir(), scenario);
    const child = withClock(plain, step).start('aether', 'run', 'long', '--manifests', ALL);
    const end = ended(child);
    await says(child.stdout, 'run_start');
    child.kill('SIGUSR2');
    inner.equal((await end).code, 1);
    const { state, started_at, ended_at } = await onlyRun(plain);
    inner.equal(state, 'timed_out');
    inner.ok(Date.parse(ended_at) - Date.parse(started_at) >= 4000, `${started_at} to ${ended_at}`);
  });

  void t.test(`reports are right if the clock is set by ${String(step)} ms during a batch`, async (inner) => {
    const scenario = `\n  - {id: long, timeout: 4s, run: ${LONG}}\n`;
    const plain = projectWith(inner.testdir(), scenario);
    const child = withClock(plain, step).start(
      'aether-batch',
      ...[ALL, '--reporter', 'json,junit', '--output', 'out'],
    );
    const end = ended(child);
    await says(child.stdout, 'run_start');
    child.kill('SIGUSR2');
    inner.equal((await end).code, 1);
    const xml = readFileSync(join(plain.directory, 'out/junit.xml'), 'utf8');
    const times = [...xml.matchAll(/time="([^"]*)"/g)].map(([, time]) => Number(time));
    inner.ok(times.length >= 3, xml);
    inner.ok(
      times.every((time) => time >= 0 && time < HOUR / 1000),
      times.join(' '),
    );
  });
}
