import { execFileSync } from 'node:child_process';
import { linkSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import t, { type Test } from 'tap';
import { ALL, projectWith, runText, type CliFixture } from './cli-fixture.js';
import { treeSnapshot } from './tree-snapshot.js';

const SCENARIOS = `\n  - {id: pair, run: ${runText()}, matrix: {ticks: [8, 16]}}\n`;
const REPORTS = ['events.jsonl', 'junit.xml', 'report.html', 'report.json', 'report.tap', 'summary.md'];
const EVERY = ['--reporter', 'junit,tap,github,html,json'];

/** All files below a directory, except the store. */
function tree(directory: string): ReadonlyMap<string, string> {
  return treeSnapshot(directory, (name) => /^(artefacts|s\d)(\/|$)/.test(name));
}

/** Runs a call that must be refused without any change. */
async function refused(t: Test, cli: CliFixture, words: readonly string[], told: RegExp): Promise<void> {
  const before = tree(cli.directory);
  const ended = await cli.aether(...words);
  t.equal(ended.code, 2, `${words.join(' ')}: ${ended.err}`);
  t.match(ended.err, told, words.join(' '));
  t.strictSame(tree(cli.directory), before, `${words.join(' ')} changes nothing`);
}

void t.test('reports do not replace files that aether-batch did not write', async (t) => {
  const cli = projectWith(t.testdir(), SCENARIOS);
  const foreign = {
    'events.jsonl': '{"v":1,"time":"noon"}\n',
    'junit.xml': '<?xml version="1.0" encoding="utf-8"?><testsuites><testsuite name="pytest"/></testsuites>',
    'report.html': '<!doctype html><title>coverage</title>',
    'report.json': '{"v":1,"kind":"Coverage"}',
    'report.tap': 'TAP version 14\n1..2\nok 1 - pair[ticks=8]\nok 2 - mine\n',
    'summary.md': '## Notes\n',
  };
  for (const name of REPORTS) {
    cli.write(`ci-${name}/${name}`, foreign[name as keyof typeof foreign]);
    cli.write(`empty-${name}/${name}`, '');
    for (const place of [`ci-${name}`, `empty-${name}`]) {
      const told = new RegExp(`${place}.${name}: not written by aether-batch`);
      await refused(t, cli, ['batch', ALL, ...EVERY, '--output', place], told);
      await refused(t, cli, ['batch', ALL, ...EVERY, '--output', `${place}/../${place}/.`], /not written by/);
    }
  }
  for (const [place, make] of [
    ['link', (path: string) => symlinkSync('../manifests/all.yaml', path)],
    ['dangling', (path: string) => symlinkSync('nowhere', path)],
    ['directory', (path: string) => mkdirSync(path)],
    ['pipe', (path: string) => execFileSync('mkfifo', [path])],
  ] as const) {
    mkdirSync(join(cli.directory, place));
    make(join(cli.directory, place, 'junit.xml'));
    await refused(
      t,
      cli,
      ['batch', ALL, '--reporter', 'junit', '--output', place],
      /not written by aether-batch/,
    );
  }
  await refused(t, cli, ['batch', ALL, '--output', 'ci-junit.xml', '--reporter', 'junti'], /"junti"/);
});

void t.test('files of reporters that are not selected are not touched', async (t) => {
  const cli = projectWith(t.testdir(), SCENARIOS);
  cli.write('ci/junit.xml', 'mine');
  cli.write('ci/summary.md', 'mine');
  t.match(await cli.batch(ALL, '--output', 'ci', '--reporter', 'tap'), { code: 0 });
  t.strictSame(readdirSync(join(cli.directory, 'ci')), [
    'junit.xml',
    'report.json',
    'report.tap',
    'summary.md',
  ]);
  t.equal(readFileSync(join(cli.directory, 'ci/junit.xml'), 'utf8'), 'mine');
});

void t.test('reports are replaced, including those of versions without marks', async (t) => {
  const cli = projectWith(t.testdir(), SCENARIOS);
  const file = (name: string): string => join(cli.directory, 'out', name);
  for (const round of [1, 2]) {
    t.match(await cli.batch(ALL, '--output', 'out', ...EVERY), { code: 0 }, `round ${String(round)}`);
    t.strictSame(readdirSync(join(cli.directory, 'out')).sort(), REPORTS);
  }
  for (const name of ['junit.xml', 'report.html', 'report.tap', 'summary.md']) {
    const text = readFileSync(file(name), 'utf8');
    const unmarked = text.replace(
      /<!-- generator: aether-batch -->\n|# generator: aether-batch\n|<meta name="generator"[^>]*>/,
      '',
    );
    t.not(unmarked, text, `${name} has the mark`);
    writeFileSync(file(name), unmarked);
  }
  t.match(await cli.batch(ALL, '--output', 'out', ...EVERY), { code: 0 });
  t.match(await cli.batch(ALL, '--output', 'out'), { code: 0 });
  t.strictSame(readdirSync(join(cli.directory, 'out')), ['report.json'], 'old reports are removed');
});

void t.test('input files are never overwritten', async (t) => {
  const cli = projectWith(t.testdir(), SCENARIOS);
  for (const i of ['1', '2'])
    await cli.batch(ALL, '--shard', `${i}/2`, '--store', `s${i}`, '--output', `o${i}`);
  symlinkSync('o1', join(cli.directory, 'link'));
  mkdirSync(join(cli.directory, 'hard'));
  linkSync(join(cli.directory, 'o1/report.json'), join(cli.directory, 'hard/report.json'));
  for (const output of ['o1', './o1/', 'o2/../o1', 'link', 'hard', 'o2']) {
    await refused(t, cli, ['merge-reports', 'o1', 'o2', '--output', output], /which merge-reports reads/);
  }
  await refused(
    t,
    cli,
    ['merge-reports', 'o1/report.json', 'o2', '--output', 'o1'],
    /which merge-reports reads/,
  );
  for (const output of ['o1', 'link', 'hard']) {
    const words = ['batch', ALL, '--shard', '1/2', '--durations', 'o1', '--output', output];
    await refused(t, cli, words, /which --durations reads/);
  }
  await refused(t, cli, ['batch', ALL, '--store', 's1', '--output', 's1/out'], /is inside the store/);
  await refused(t, cli, ['batch', ALL, '--store', 'new', '--output', './new/out'], /is inside the store/);
  const run = ['latest', '--store', 's1'];
  for (const output of ['s1', 's1/x', 'link/../s1/x']) {
    await refused(t, cli, ['store', 'export', ...run, '-o', output], /is inside the store|exists already/);
    await refused(t, cli, ['plot', ...run, '-o', output], /is inside the store/);
  }
});

void t.test('a drawing replaces only a drawing, an export replaces nothing', async (t) => {
  const cli = projectWith(t.testdir(), SCENARIOS);
  await cli.batch(ALL, '--no-golden');
  cli.write('mine', 'mine');
  symlinkSync('nowhere', join(cli.directory, 'dangling'));
  symlinkSync('mine', join(cli.directory, 'link'));
  mkdirSync(join(cli.directory, 'empty'));
  execFileSync('mkfifo', [join(cli.directory, 'pipe')]);
  for (const place of ['mine', 'dangling', 'link', 'empty', 'pipe', '.', 'mine/x', 'x'.repeat(300)]) {
    await refused(t, cli, ['plot', 'pair[ticks=8]', '-o', place], /is not a drawing|cannot write/);
    for (const format of ['dir', 'tar', 'zip']) {
      const words = ['store', 'export', 'pair[ticks=8]', '--format', format, '-o', place];
      await refused(t, cli, words, /exists already|cannot write/);
    }
  }
  for (const words of [
    ['-o', 'p.svg'],
    ['--json', '-o', 'p.svg'],
    ['-o', 'p.svg'],
  ]) {
    t.match(await cli.aether('plot', 'pair[ticks=8]', ...words), { code: 0 }, words.join(' '));
  }
  const drawn = readFileSync(join(cli.directory, 'p.svg'), 'utf8');
  writeFileSync(join(cli.directory, 'old.svg'), drawn.replace('<!-- generator: aether plot -->\n', ''));
  t.match(await cli.aether('plot', 'pair[ticks=16]', '-o', 'old.svg'), { code: 0 });
  t.match(await cli.aether('plot', 'pair[ticks=8]', '-o', '-'), { code: 0, out: drawn });
});
