import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import type { BatchReport } from '../../lib/batch/report/batch-report.js';
import type { BatchDiff } from '../../lib/inspect/batch-diff/index.js';
import { ALL, projectWith, runText, type CliFixture } from './cli-fixture.js';
import { LineDriver, type Said } from './driven.js';

const SCENARIOS = (ticks: string): string => `
  - {id: plain, run: ${runText()}}
  - {id: other, run: ${runText({ run_id: 'M' })}}
  - {id: sweep, run: ${runText()}, matrix: {ticks: ${ticks}}}
`;

function manifest(cli: CliFixture, ticks: string): void {
  cli.write(ALL, `v: 1\nkind: BatchManifest\nscenarios:\n${SCENARIOS(ticks)}`);
}

void t.test('two batches of one manifest are compared by diff and in reports', async (t) => {
  const cli = projectWith(t.testdir(), SCENARIOS('[8, 9]'));
  const driver = new LineDriver();
  t.teardown(() => {
    driver.end();
  });
  const aether = (...words: string[]): Promise<Said> => driver.run({ directory: cli.directory, words });
  const night = (...words: string[]): Promise<Said> => aether('batch', ALL, '--no-golden', '-j1', ...words);

  const alone = await night('--compare-to', 'latest', '--output=first');
  t.equal(alone.code, 0, alone.err);
  t.match(
    alone.err,
    /^nothing to compare with: no recorded batch of the same manifests has half of these runs; .*any$/m,
  );
  t.equal((await aether('run', 'plain', '--manifests', ALL, '-S', 'run.ticks=11')).code, 0);
  cli.write(
    'manifests/pair.yaml',
    readFileSync(join(cli.directory, 'manifests/pair.yaml'), 'utf8').replace('k: 1', 'k: 2'),
  );
  manifest(cli, '[9, 10]');
  const reporters = 'line,html,github,markdown,junit';
  const { code, out, err } = await night('--compare-to=latest', '--output=second', '--reporter', reporters);
  t.equal(code, 0, err);
  t.match(
    out,
    /^gone\n {2}sweep\[ticks=8\]$/m,
    'the summary shows the comparison with the batch, not with the single run',
  );
  t.match(out, /^added\n {2}sweep\[ticks=10\]$/m);
  t.match(out, /^ {4}topology \/edges\/0\/k: 1 -> 2$/m);
  const written = (name: string): string => readFileSync(join(cli.directory, 'second', name), 'utf8');
  for (const name of ['report.html', 'summary.md', 'report.md']) {
    const text = written(name).replaceAll('\\', '');
    for (const part of [
      'Compared with batch',
      'sweep[ticks=8]',
      'sweep[ticks=10]',
      'topology /edges/0/k: 1',
      'gone',
      'added',
    ])
      t.ok(text.includes(part), `${name}: ${part}`);
  }
  const report = JSON.parse(written('report.json')) as BatchReport;
  t.match(report.comparison?.counts, { added: 1, gone: 1, changed: 3 });

  const [first, second] = ['first', report.batch];
  const asked = await aether('diff', '--batch', first, '--batch', second, '--json');
  t.equal(asked.code, 1);
  const diff = JSON.parse(asked.out) as BatchDiff;
  t.same(diff.runs, report.comparison?.runs, 'the report of the first batch names the same batch');
  t.match(
    (await aether('diff', '--batch', first, '--batch', 'latest', '--markdown')).out,
    /^\| plain \| changed \|/m,
  );
  const same = await aether('diff', '--batch', second, '--batch', second.slice(0, -1));
  t.equal(same.code, 0, same.err);
  t.match(same.out, '4 runs the same');

  for (const [words, message] of [
    [['diff', 'plain'], 'an argument is missing: diff <a> <b>'],
    [['diff'], 'an argument is missing: diff <a> <b>'],
    [['diff', '--batch', first], '--batch must be given twice, got 1'],
    [['diff', '--batch', first, '--batch', first, '--batch', first], '--batch must be given twice, got 3'],
    [['diff', 'plain', '--batch', first, '--batch', first], '--batch compares batches and takes no run'],
    [['diff', 'plain', 'other', '--markdown'], '--markdown needs --batch'],
    [
      ['batch', ALL, '--compare-to', 'first', '--output', 'first'],
      'first/report.json, which --compare-to reads',
    ],
    [['batch', ALL, '-n', '--compare-to', 'latest'], 'compare-to'],
  ] as const) {
    const said = await aether(...words);
    t.equal(said.code, 2, words.join(' '));
    t.match(said.err, message);
  }
  const narrow = await night('-g', '^plain$', '--compare-to', 'first', '--reporter', 'line');
  t.match(
    narrow.out,
    /^1 changed, 0 runs the same$/m,
    'runs outside of a partial plan are not reported as gone',
  );
  const unknown = await night('--compare-to=nightly', '--output=third', '--force');
  t.equal(unknown.code, 1);
  t.match(unknown.err, /there is no batch nightly/);
  t.equal(
    (await aether('batches')).out.split('\n').length,
    6,
    'no runs: a header, four batches, and the end',
  );
});

void t.test('history shows the outcome of a run or a scenario in each batch', async (t) => {
  const cli = projectWith(t.testdir(), SCENARIOS('[8, 9]'));
  const driver = new LineDriver();
  t.teardown(() => {
    driver.end();
  });
  const aether = (...words: string[]): Promise<Said> => driver.run({ directory: cli.directory, words });
  t.equal((await aether('batch', ALL, '--no-golden', '-j1')).code, 0);
  t.equal((await aether('batch', ALL, '--no-golden', '-j1')).code, 0);
  const topology = join(cli.directory, 'manifests/pair.yaml');
  cli.write('manifests/pair.yaml', readFileSync(topology, 'utf8').replace('k: 1', 'k: 2'));
  t.equal((await aether('batch', ALL, '--no-golden', '-j1')).code, 0);
  const { code, out, err } = await aether('history', 'sweep[ticks=8]');
  t.equal(code, 0, err);
  const lines = out.split('\n');
  t.match(
    lines[1],
    / 1\.\d+\.\d+ +executed +changed +[0-9a-f]{12} +not judged .* topology \/edges\/0\/k: 1 -> 2$/,
  );
  t.match(lines[2], / cached +same /);
  t.match(lines[3], / executed +first /);
  t.match((await aether('history', 'sweep', '--limit', '1')).err, /^older batches have it too/);
  t.match(
    (await aether('history', 'sweep')).out,
    / 2 executed +changed .* sweep\[ticks=8\]: topology .* \(and 1 more\)$/m,
  );
  t.match(JSON.parse((await aether('history', 'plain', '--json')).out), {
    kind: 'History',
    of: 'run',
    entries: { length: 3 },
  });
  for (const [words, expected, message] of [
    [['history', 'swep'], 1, 'near'],
    [['history', 'plain', '--since', 'soon'], 2, '--since must be an age'],
    [['history', 'plain', '--since', '2999-01-01'], 4, 'no batch since then has it'],
    [['history', 'plain', '--limit', '0'], 2, '--limit'],
  ] as const) {
    const said = await aether(...words);
    t.equal(said.code, expected, words.join(' '));
    t.match(said.err, message);
  }
});
