import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { parseDuration, parseSize } from '../../lib/base/quantity.js';
import { REPO } from '../config/repo.js';
import { ALL, projectWith, runText } from './cli-fixture.js';

void t.test('times and sizes must have a unit', (t) => {
  for (const [text, ms] of [
    ['500ms', 500],
    ['30s', 30_000],
    ['2m', 120_000],
    ['1h', 3_600_000],
  ] as const) {
    t.equal(parseDuration(text), ms, text);
  }
  for (const text of ['30', '0', '0s', '-1s', '1.5s', '30 s', '30S', 's', '', '1d', '1e3s', '9999999999s']) {
    t.equal(parseDuration(text), undefined, text);
  }
  for (const [text, bytes] of [
    ['1B', 1],
    ['0B', 0],
    ['4k', 4096],
    ['4KiB', 4096],
    ['2MB', 2 ** 21],
    ['1t', 2 ** 40],
  ] as const) {
    t.equal(parseSize(text), bytes, text);
  }
  for (const text of ['512', '0', '', '-1m', '1.5g', '1 m', 'm', '1x', '9999999t']) {
    t.equal(parseSize(text), undefined, text);
  }
  t.end();
});

void t.test('all options for a time or a size, and the manifest, refuse a bare number', async (t) => {
  const cli = projectWith(t.testdir(), `\n  - {id: pair, run: ${runText()}}\n`);
  for (const [words, hint] of [
    [['batch', ALL, '--timeout', '30'], 'write 30s or 30ms'],
    [['batch', ALL, '--global-timeout', '30'], 'write 30s or 30ms'],
    [['batch', ALL, '--timeout', '0'], 'must be a time with a unit'],
    [['batch', ALL, '--max-memory', '512'], 'write 512MiB or 512GiB'],
    [['batch', ALL, '--max-memory', '1MiB'], 'of at least 16.0 MiB'],
    [['batch', ALL, '--max-bytes', '1000'], 'write 1000MiB or 1000GiB'],
    [['serve', '--stall-timeout', '5'], 'write 5s or 5ms'],
    [['serve', '--max-memory', '64'], 'write 64MiB or 64GiB'],
    [['store', 'gc', '--max-size', '0'], 'must be a size with a unit'],
  ] as const) {
    const { code, err } = await cli.aether(...words);
    t.equal(code, 2, words.join(' '));
    t.match(err, hint, words.join(' '));
  }
  for (const timeout of ['30', '0', '"30"']) {
    cli.write(
      'bare.yaml',
      readFileSync(join(cli.directory, ALL), 'utf8').replace('{id: pair,', `{id: pair, timeout: ${timeout},`),
    );
    const { code, out } = await cli.aether('validate', 'bare.yaml');
    t.equal(code, 2, timeout);
    t.match(out, /expected: a time with a unit such as 500ms, 30s/, timeout);
  }
});

void t.test('a pattern is matched in linear time, and a printed name selects its run', async (t) => {
  const cli = projectWith(t.testdir(), `\n  - {id: pair, run: ${runText()}, matrix: {ticks: [8, 16]}}\n`);
  for (const [pattern, code, told] of [
    ['pair[ticks=8]', 0, /^pair\[ticks=8\]\n$/],
    ['^pair[ticks=8]$', 0, /^pair\[ticks=8\]\n$/],
    ['[ticks=16]', 0, /pair\[ticks=16\]/],
    ['ticks=8]', 0, /^pair\[ticks=8\]\n$/],
    ['^pair\\[ticks=(8|9)\\]$', 0, /^pair\[ticks=8\]\n$/],
    ['(a+)+$', 4, /nothing is selected/],
    ['(', 2, /--grep: missing closing \) at position 1: "\("/],
    ['pair[', 2, /--grep: missing closing \] at position 5/],
    ['x**', 2, /--grep: invalid nested repetition operator at position 2/],
    ['(?!pair)', 2, /lookahead, lookbehind and backreferences are not supported/],
    ['(p)\\1', 2, /lookahead, lookbehind and backreferences are not supported/],
    ['x'.repeat(1001), 2, /at most 1000 characters/],
  ] as const) {
    const ended = await cli.batch(ALL, '--list', '-g', pattern);
    t.equal(ended.code, code, pattern.slice(0, 40));
    t.match(ended.out + ended.err, told, pattern.slice(0, 40));
    if (code === 2) t.equal((await cli.aether('audit', ALL, '-g', pattern)).code, 2, 'audit as well');
  }
});

void t.test('the programs refuse the Node that package.json excludes', (t) => {
  const { engines } = JSON.parse(readFileSync(join(REPO, 'package.json'), 'utf8')) as {
    readonly engines: { readonly node: string };
  };
  const [, major, minor] = /^>=(\d+)\.(\d+)\.0$/.exec(engines.node)!;
  const textOf = (file: string): string => readFileSync(join(REPO, 'bin', `${file}.js`), 'utf8');
  t.match(textOf('start'), `[${major!}, ${minor!}]`);
  for (const program of ['aether', 'aether-batch'])
    t.match(textOf(program), `require('./start.js')('${program}');`);
  for (const file of ['start', 'aether', 'aether-batch']) {
    t.notMatch(textOf(file), /^import |=>|\bconst\b|\blet\b|`/m, `an old Node can parse ${file}`);
  }
  t.end();
});

void t.test('--last-failed reports that no run failed', async (t) => {
  const cli = projectWith(t.testdir(), `\n  - {id: pair, run: ${runText()}}\n`);
  await cli.batch(ALL, '--no-golden');
  const ended = await cli.batch(ALL, '--no-golden', '--last-failed');
  t.match(ended, { code: 4, err: /no selected run failed last time/ });
});
