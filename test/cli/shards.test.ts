import { spawnSync } from 'node:child_process';
import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { manifest } from '../batch/memory-documents.js';
import { PROGRAMS } from '../programs.js';
import { ALL, projectWith, runText } from './cli-fixture.js';

const SWEEP = `
  - {id: must, expect: {fault: INT_RANGE}, run: ${runText({ initial_state: '[9007199254740991, 9007199254740991]' })}}
  - id: sweep
    run: ${runText()}
    matrix: {ticks: {range: [4, 12]}, profile_path: [cmp-0.yaml, cmp-1.yaml]}
`;

interface Report {
  readonly executed: number;
  readonly runs: readonly {
    name: string;
    input_key: string;
    result_digest: string;
    measured_ms: number | null;
  }[];
}

void t.test('shards on one store are the batch, and their reports merge into its report', async (inner) => {
  const cli = projectWith(inner.testdir(), SWEEP);
  for (const i of ['1', '2', '3']) {
    const part = await cli.batch(ALL, '--shard', `${i}/3`, '--output', `out-${i}`, '-j', '1');
    inner.equal(part.code, 0, part.err);
  }
  const merged = await cli.aether('merge-reports', 'out-3', 'out-1/report.json', 'out-2', '--json');
  inner.equal(merged.code, 0, merged.err);
  const control = await cli.batch(ALL, '--store', 'control', '--json');
  const results = (text: string): unknown =>
    (JSON.parse(text) as Report).runs.map(({ name, result_digest }) => [name, result_digest]);
  inner.strictSame(results(merged.out), results(control.out));
  inner.equal((JSON.parse((await cli.batch(ALL, '--json')).out) as Report).executed, 0, 'no run is left');
  const gap = await cli.aether('merge-reports', 'out-1', 'out-3');
  inner.equal(gap.code, 2);
  inner.match(gap.err, /REPORT_MISSING_SHARD: shard 2\/3 is missing\nREPORT_GAP: /);
  inner.equal(gap.out, '');
});

void t.test('durations of a report give the same shards without a common store', async (inner) => {
  const cli = projectWith(inner.testdir(), SWEEP);
  inner.equal((await cli.batch(ALL, '--output', 'whole')).code, 0);
  const report = (place: string): Report =>
    JSON.parse(readFileSync(join(cli.directory, place, 'report.json'), 'utf8')) as Report;
  const given = report('whole');
  const runs = given.runs.map((run, n) => ({ ...run, measured_ms: 1e6 + n }));
  cli.write('whole/report.json', JSON.stringify({ ...given, runs }));
  for (const i of ['1', '2']) {
    const args = ['--shard', `${i}/2`, '--durations', 'whole', '--store', `s${i}`, '--output', `o${i}`];
    inner.equal((await cli.batch(ALL, ...args)).code, 0);
  }
  inner.equal((await cli.aether('merge-reports', 'o1', 'o2', '--output', 'merged')).code, 0);
  const passedOn = report('merged').runs.map(({ name, measured_ms }) => [name, measured_ms]);
  inner.strictSame(
    passedOn,
    runs.map(({ name, measured_ms }) => [name, measured_ms]),
    'the next division is the same',
  );

  const others = runs.map((run) => ({ ...run, input_key: run.input_key.replace(/^./, 'x') }));
  cli.write('whole/report.json', JSON.stringify({ ...given, runs: others }));
  const other = ['--shard', '1/2', '--durations', 'whole', '--store', 's1', '--output', 'o3'];
  inner.equal((await cli.batch(ALL, ...other)).code, 0);
  inner.ok(
    report('o3').runs.every(({ measured_ms }) => measured_ms! < 1e6),
    'the duration of other inputs is not used',
  );

  inner.match(await cli.batch(ALL, '--shard', '1/2', '--last-failed'), {
    code: 2,
    err: /--last-failed cannot be used with --shard/,
  });
  inner.match(await cli.batch(ALL, '--shard', '3/2'), { code: 2, err: /--shard must be i\/n/ });
  inner.match(await cli.aether('merge-reports', ALL), { code: 2 });
  inner.match(await cli.aether('merge-reports', '/dev/zero'), { code: 2, err: /EFTYPE/ });
});

void t.test('a part without runs has a report too', async (inner) => {
  const cli = projectWith(inner.testdir(), `\n  - {id: only, run: ${runText()}}\n`);
  for (const i of ['1', '2']) {
    inner.equal((await cli.batch(ALL, '--shard', `${i}/2`, '--output', `o${i}`)).code, 0);
  }
  inner.match(await cli.aether('merge-reports', 'o1', 'o2'), { code: 0, out: /1 run: 1 completed/ });
  inner.equal((await cli.batch(ALL, '--shard', '1/2', '-g', 'nobody')).code, 4);
});

void t.test('merged reports have the exit code of the whole batch', async (inner) => {
  const cli = projectWith(inner.testdir(), `\n  - {id: only, run: ${runText()}}\n`);
  inner.equal((await cli.batch(ALL, '--output', 'out')).code, 0);
  const path = join(cli.directory, 'out/report.json');
  const report = JSON.parse(readFileSync(path, 'utf8')) as object;
  for (const [change, code] of [
    [{ stopped_by: 'interrupted' }, 130],
    [{ store_error: 'STORE_FULL' }, 5],
  ] as const) {
    writeFileSync(path, JSON.stringify({ ...report, ...change }));
    inner.equal((await cli.aether('merge-reports', 'out')).code, code);
  }
});

void t.test('reports of an earlier call are removed before any run starts', async (inner) => {
  const cli = projectWith(inner.testdir(), `\n  - {id: only, run: ${runText()}}\n`);
  const left = (): string[] => readdirSync(join(cli.directory, 'out')).sort();
  inner.equal((await cli.batch(ALL, '-n', '--output', 'out')).code, 0);
  inner.notOk(existsSync(join(cli.directory, 'out')), 'a plan writes nothing');
  inner.equal((await cli.batch(ALL, '--reporter', 'html,json', '--output', 'out')).code, 0);
  writeFileSync(join(cli.directory, 'out/mine.txt'), '');
  inner.strictSame(left(), ['events.jsonl', 'mine.txt', 'report.html', 'report.json']);
  inner.equal((await cli.batch(ALL, '--output', 'out')).code, 0);
  inner.strictSame(left(), ['mine.txt', 'report.json']);
});

void t.test('a call that ends before any run starts leaves no reports of an earlier one', async (inner) => {
  const cli = projectWith(inner.testdir(), `\n  - {id: only, run: ${runText()}}\n`);
  cli.write('manifests/bad.yaml', manifest(`\n  - {id: only, run: ${runText({ ticks: '0' })}}\n`));
  const left = (): string[] => readdirSync(join(cli.directory, 'out'));
  const made = ['junit.xml', 'report.json'];
  for (const [args, code, kept] of [
    [['manifests/bad.yaml'], 2, []],
    [['manifests/none.yaml'], 2, []],
    [[ALL, '--last-failed'], 4, []],
    [[ALL, '-g', 'nobody'], 4, []],
    [['manifests/bad.yaml', '--shard', '1/2', '--durations', 'out'], 2, made],
    [[ALL, '--shard', '1/1', '--durations', 'out'], 2, made],
    [[ALL, '--shard', '1/2', '--durations', 'uot'], 2, made],
    [[ALL, '-S', 'nonsense'], 2, made],
    [[ALL, '--list'], 0, made],
    [[ALL, '-n'], 0, made],
  ] as const) {
    inner.equal((await cli.batch(ALL, '--reporter', 'junit', '--output', 'out')).code, 0);
    inner.strictSame(left(), made);
    const ended = await cli.batch(...args, '--output', 'out');
    inner.equal(ended.code, code, ended.err);
    inner.strictSame(left(), kept, args.join(' '));
  }
  cli.write('file', '');
  const unfit = await cli.batch(ALL, '--output', 'file');
  inner.match(unfit, { code: 2, err: /--output: / }, 'a file is not a directory of reports');
});

void t.test('a report that cannot be written is named, and others are written', async (inner) => {
  const cli = projectWith(inner.testdir(), `\n  - {id: only, run: ${runText()}}\n`);
  mkdirSync(join(cli.directory, 'out/report.html'), { recursive: true });
  const early = await cli.batch(ALL, '--reporter', 'html', '--output', 'out');
  inner.match(early, { code: 2, err: /out.report\.html: not written by aether-batch/ });
  inner.notOk(existsSync(join(cli.directory, 'artefacts')), 'before any run started');
  const late = await cli
    .with({ GITHUB_STEP_SUMMARY: 'no/such/step.md' })
    .batch(ALL, '--reporter', 'github,tap', '--output', 'other');
  inner.match(late, { code: 5, err: /cannot write no\/such\/step\.md: ENOENT/, out: /1 run: 1 completed/ });
  inner.ok(existsSync(join(cli.directory, 'other/report.tap')), 'later reports are written');
});

const FULL = '/dev/full';

void t.test(
  'a full standard output is reported, and the batch continues',
  { skip: existsSync(FULL) ? false : 'there is no device that is always full' },
  async (inner) => {
    const cli = projectWith(inner.testdir(), `\n  - {id: only, run: ${runText()}}\n`);
    const file = openSync(FULL, 'w');
    const ended = spawnSync(process.execPath, [PROGRAMS['aether-batch'], ALL, '--json'], {
      cwd: cli.directory,
      encoding: 'utf8',
      stdio: ['ignore', file, 'pipe'],
    });
    closeSync(file);
    inner.equal(ended.status, 5);
    inner.match(ended.stderr, /cannot write standard output: ENOSPC/);
    inner.match(await cli.batch(ALL, '--json'), { code: 0, out: /"cached":1/ });
  },
);

void t.test('reports are written only to their files', async (inner) => {
  const cli = projectWith(inner.testdir(), SWEEP);
  const summary = join(cli.directory, 'step.md');
  writeFileSync(summary, 'before\n');
  const ended = await cli
    .with({ GITHUB_STEP_SUMMARY: summary })
    .batch(ALL, '--reporter', 'dot,json,junit,tap,github,html', '--output', 'out');
  inner.equal(ended.code, 0, ended.err);
  for (const name of [
    'report.json',
    'events.jsonl',
    'junit.xml',
    'report.tap',
    'summary.md',
    'report.html',
  ]) {
    const path = join(cli.directory, 'out', name);
    inner.ok(existsSync(path), name);
    inner.equal(statSync(path).mode, statSync(summary).mode, `${name} has the mode of other files`);
  }
  inner.match(readFileSync(summary, 'utf8'), /^before\n## aether-batch: passed/);
  inner.match(ended.out, /19 runs: /, 'the summary is still printed');
  const tap = await cli.batch(ALL, '--reporter', 'tap');
  inner.match(tap.out, /^TAP version 14\n# generator: aether-batch\n1\.\.19\n/);
  inner.match(tap.err, /19 runs: /, 'it goes to stderr if stdout has a document');
  const both = await cli.batch(ALL, '--reporter', 'junit', '--json');
  inner.equal(both.code, 2);
  inner.match(both.err, /--json and --reporter junit both write to standard output/);
});

void t.test('a run over its budget is refused before any file is written', async (inner) => {
  const cli = projectWith(inner.testdir(), SWEEP);
  const ended = await cli.batch(ALL, '--max-work', '20');
  inner.equal(ended.code, 2);
  inner.match(ended.err, /would take more than its budget of ticks x \(nodes \+ edges\)/);
  inner.match(ended.err, /--max-work/);
  inner.notOk(existsSync(join(cli.directory, 'artefacts')));
});
