import type { ChildProcess } from 'node:child_process';
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import t from 'tap';
import type { BatchReport } from '../../lib/batch/report/batch-report.js';
import type { BatchVerdict } from '../../lib/store/batch-verdict.js';
import { ALL, ended, projectWith, runText, type CliFixture, type Ended } from './cli-fixture.js';

const SCENARIOS = `
  - {id: hit, golden: true, run: ${runText()}}
  - {id: slow, run: ${runText({ ticks: '20000' })}}
`;

/** A project whose scenario `hit` has a stored result and an accepted golden. */
async function withHit(directory: string): Promise<CliFixture> {
  const cli = projectWith(directory, SCENARIOS);
  const first = await cli.batch(ALL, '-g', '^hit$', '-u', 'missing');
  if (first.code !== 0) throw new Error(first.out + first.err);
  return cli;
}

/** Runs the batch and changes the store while it computes `slow`, when `hit` already counts as cached. */
async function whileRunning(cli: CliFixture, work: (child: ChildProcess) => unknown): Promise<Ended> {
  const child = cli.start(
    'aether-batch',
    ALL,
    '--reporter',
    'json,junit,tap,github,html',
    '--output',
    'out',
    '-j',
    '1',
  );
  const end = ended(child);
  const events = join(cli.directory, 'out/events.jsonl');
  const isComputing = (): boolean => {
    try {
      return readFileSync(events, 'utf8').includes('"type":"run_start"');
    } catch {
      return false;
    }
  };
  while (!isComputing() && child.exitCode === null) await setTimeout(10);
  child.kill('SIGSTOP');
  await work(child);
  child.kill('SIGCONT');
  return end;
}

function reportIn(cli: CliFixture): BatchReport & { readonly verdict: BatchVerdict } {
  const text = readFileSync(join(cli.directory, 'out/report.json'), 'utf8');
  return JSON.parse(text) as BatchReport & { readonly verdict: BatchVerdict };
}

function recordIn(cli: CliFixture, id: string): { readonly verdict: BatchVerdict } {
  const text = readFileSync(join(cli.directory, 'artefacts/batches', `${id}.json`), 'utf8');
  return JSON.parse(text) as { readonly verdict: BatchVerdict };
}

const LOSSES: Readonly<Record<string, (file: string) => void>> = {
  removed: (file) => rmSync(file),
  damaged: (file) => {
    rmSync(file);
    writeFileSync(file, '{"schema":"aether-run/1"}\n');
  },
  empty: (file) => {
    rmSync(file);
    writeFileSync(file, '');
  },
};

for (const [loss, lose] of Object.entries(LOSSES)) {
  void t.test(`a golden whose run is ${loss} while the batch runs is not judged and fails`, async (inner) => {
    const cli = await withHit(inner.testdir());
    const runs = join(cli.directory, 'artefacts/runs');
    const [record] = readdirSync(runs);
    const { code, out, err } = await whileRunning(cli, () => {
      lose(join(runs, record!));
    });
    inner.equal(code, 1, err);
    inner.match(out, /verdict: not ok\n {2}GOLDENS_NOT_JUDGED: 1 golden not judged: hit \(/);
    inner.match(out, /goldens: 0 runs agree, 1 not judged/);
    const text = (file: string): string => readFileSync(join(cli.directory, 'out', file), 'utf8');
    inner.match(text('junit.xml'), /<testcase name="hit"[^>]*>\n\s*<failure type="GOLDEN_NOT_JUDGED"/);
    inner.match(text('report.tap'), /^not ok \d+ - hit/m);
    inner.match(text('summary.md'), /^<!-- generator: aether-batch -->\n## aether-batch: failed/);
    inner.match(text('report.html'), '<h1 class="bad">Not as expected');
    const { verdict, batch } = reportIn(cli);
    inner.match(verdict, { ok: false, goldens: { wanted: 1, agree: 0, not_judged: 1 } });
    inner.strictSame(recordIn(cli, batch).verdict, verdict, 'the record has the same verdict');
    const last = text('events.jsonl').trimEnd().split('\n').at(-1)!;
    inner.strictSame(
      (JSON.parse(last) as { verdict: BatchVerdict }).verdict,
      verdict,
      'the event has the same verdict',
    );
  });
}

void t.test('gc keeps the hits of a running batch until their goldens are judged', async (inner) => {
  const cli = await withHit(inner.testdir());
  let gc: Ended = { code: 'not called', out: '', err: '' };
  const { code, out, err } = await whileRunning(cli, async () => {
    gc = await cli.aether('store', 'gc', '--keep-days', '0', '--keep-last', '0', '--no-golden');
  });
  inner.equal(gc.code, 0, gc.err);
  inner.equal(code, 0, out + err);
  inner.match(out, /verdict: ok\ngoldens: 1 run agrees\n/);
  inner.match(reportIn(cli).verdict, { ok: true, goldens: { wanted: 1, agree: 1, not_judged: 0 } });
});

void t.test('goldens of runs that failed are counted as not judged', async (inner) => {
  const cli = projectWith(
    inner.testdir(),
    `
  - {id: bad, golden: true, run: ${runText({ initial_state: '[9007199254740991, 9007199254740991]' })}}
  - {id: must, expect: {fault: INT_RANGE}, run: ${runText({ initial_state: '[9007199254740991, 9007199254740990]' })}}
`,
  );
  const { code, out } = await cli.batch(ALL, '--output', 'out');
  inner.equal(code, 1, out);
  inner.match(out, /goldens: 0 runs agree, 1 not judged/);
  const { verdict } = reportIn(cli);
  inner.match(verdict.runs, { failed: 1, faulted_as_expected: 1, completed: 0 });
  inner.strictSame(
    verdict.reasons.map((reason) => reason.code),
    ['RUNS_FAILED', 'GOLDENS_NOT_JUDGED'],
  );
});

void t.test('a part without judged goldens fails the merged report', async (inner) => {
  const cli = projectWith(inner.testdir(), SCENARIOS);
  const part = async (i: string, ...more: string[]): Promise<void> => {
    await cli.batch(ALL, '--shard', `${i}/2`, '--output', `out-${i}`, ...more);
  };
  await cli.batch(ALL, '-u', 'missing', '-g', '^hit$');
  const merged = (): Promise<Ended> => cli.aether('merge-reports', 'out-1', 'out-2', '--reporter', 'github');
  for (const i of ['1', '2']) await part(i);
  const good = await merged();
  inner.equal(good.code, 0, good.out + good.err);
  inner.match(good.out, /verdict: ok\ngoldens: 1 run agrees/);
  for (const left of ['1', '2']) {
    for (const i of ['1', '2']) await part(i, ...(i === left ? ['--no-golden'] : []));
    const bad = await merged();
    inner.equal(bad.code, 1, bad.out);
    inner.match(bad.out, new RegExp(`shard ${left}/2 .*its goldens were not judged \\(--no-golden\\)`));
    inner.match(bad.out, `::error title=shard ${left}/2%3A GOLDEN_NOT_JUDGED`);
  }
  for (const i of ['1', '2']) await part(i, '--no-golden');
  inner.equal((await merged()).code, 1, 'the manifests request a golden, and no part judged it');
});

void t.test('--no-golden is reported, and has no effect without goldens', async (inner) => {
  const cli = projectWith(inner.testdir(), SCENARIOS);
  const alone = await cli.batch(ALL, '--no-golden', '-g', '^hit$');
  inner.equal(alone.code, 0, 'as the caller requested');
  inner.match(alone.out, /goldens: not judged \(--no-golden\); 1 run asks for one/);
  const none = projectWith(join(cli.directory, 'plain'), `\n  - {id: plain, run: ${runText()}}\n`);
  await none.batch(ALL, '--no-golden', '--output', 'out');
  const merged = await none.aether('merge-reports', 'out');
  inner.equal(merged.code, 0, merged.err);
});

void t.test('an interrupted batch fails in every report even if its runs succeeded', async (inner) => {
  const cli = projectWith(inner.testdir(), SCENARIOS);
  const { code } = await whileRunning(cli, (child) => child.kill('SIGTERM'));
  inner.equal(code, 130);
  const { verdict, batch } = reportIn(cli);
  inner.match(verdict, { ok: false, stopped_by: 'interrupted', runs: { failed: 0, cancelled: 1 } });
  inner.equal(verdict.reasons[0]!.code, 'BATCH_STOPPED');
  inner.strictSame(recordIn(cli, batch).verdict, verdict);
  const text = (file: string): string => readFileSync(join(cli.directory, 'out', file), 'utf8');
  inner.match(text('junit.xml'), /<testsuite name="batch" tests="1" failures="1"/);
  inner.match(text('report.tap'), /^not ok \d+ - batch/m);
  inner.match(text('summary.md'), /^<!-- generator: aether-batch -->\n## aether-batch: incomplete/);
});
