import { existsSync, readdirSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { ALL, projectWith, runText } from './cli-fixture.js';

const SWEEP = `
  - {id: plain, tags: [small], run: ${runText()}}
  - id: sweep
    run: ${runText()}
    matrix: {ticks: [4, 8], profile_path: [cmp-0.yaml, cmp-1.yaml]}
`;
const HUGE = '[9007199254740991, 9007199254740991]';

interface Result {
  readonly completed: number;
  readonly cached: number;
  readonly failed: number;
  readonly runs: readonly { name: string; state: string; run: string | null; result_digest: string | null }[];
}

void t.test('a batch runs once, then is cached; a changed document runs its users', async (inner) => {
  const cli = projectWith(inner.testdir(), SWEEP);
  const first = await cli.batch(ALL, '-j', '2');
  inner.equal(first.code, 0, first.err);
  inner.match(
    first.out,
    /5 runs: 4 completed, 1 cached \(1 shares a result\) in /,
    'equal inputs are computed once',
  );
  inner.match(first.err, /5 selected: 4 to run, 0 cached, 1 shares a result, 2 at once/);
  inner.match(first.err, /done {4}sweep\[ticks=8,profile=cmp-1\] {2}8 ticks/);
  inner.notMatch(first.out + first.err, /\u001b/, 'no colour without a terminal');
  const again = JSON.parse((await cli.batch(ALL, '--json')).out) as Result;
  inner.match(again, { completed: 0, cached: 5, shared: 0, failed: 0 });
  inner.match((await cli.batch(ALL, '-n')).out, /\n0 runs to execute, 5 cached\n$/);
  cli.write(
    'manifests/cmp-1.yaml',
    readFileSync(join(cli.directory, 'manifests/cmp-1.yaml'), 'utf8').replace('99', '98'),
  );
  const changed = await cli.batch(ALL, '-n');
  inner.match(changed.out, /run +sweep\[ticks=8,profile=cmp-1\] +8 .* profile changed since 2/);
  inner.match(changed.out, /2 runs to execute, 3 cached/);
});

void t.test('showing the plan or the list writes nothing', async (inner) => {
  const cli = projectWith(inner.testdir(), SWEEP);
  const planned = await cli.batch('--manifests', 'manifests/al*.yaml', '--dry-run');
  inner.equal(planned.code, 0, planned.err);
  inner.match(planned.out, /never run before/);
  inner.match(planned.out, /shared +\S+ .* same inputs as \S+ in this batch/);
  inner.match(planned.out, /4 runs to execute, 0 cached, 1 shares a result; /);
  const listed = await cli.batch(ALL, '--list', '-g', 'ticks=8');
  inner.equal(listed.out, 'sweep[ticks=8,profile=cmp-0]\nsweep[ticks=8,profile=cmp-1]\n');
  const end = await cli.batch(ALL, '--list', '-g', 'ticks=8.*cmp-1]');
  inner.equal(end.out, 'sweep[ticks=8,profile=cmp-1]\n', 'a bracket of a name is literal');
  const json = JSON.parse((await cli.batch(ALL, '-n', '--json')).out) as { kind: string; runs: unknown[] };
  inner.match(json, {
    kind: 'BatchPlan',
    forecast: { to_run: 4, cached: 0, shared: 1, bytes: null, sized: 0, estimated: 4 },
  });
  inner.equal(json.runs.length, 5);
  inner.notOk(existsSync(join(cli.directory, 'artefacts')));
});

void t.test('failures exit with 1 and show code, tick and place; other runs are executed', async (inner) => {
  const cli = projectWith(
    inner.testdir(),
    `
  - {id: bad, run: ${runText({ initial_state: HUGE })}}
  - {id: good, run: ${runText()}}
  - {id: must, expect: {fault: INT_RANGE}, run: ${runText({ initial_state: HUGE, run_id: 'R2' })}}
  - {id: wrong, expect: {fault: INT_RANGE}, run: ${runText({ run_id: 'R3' })}}
`,
  );
  const ended = await cli.batch(ALL);
  inner.equal(ended.code, 1);
  inner.match(ended.out, /FAILED {2}bad {2}INT_RANGE at tick \d+, /);
  inner.match(ended.out, /FAILED {2}wrong {2}EXPECTED_FAULT_MISSING/);
  inner.match(ended.out, /4 runs: 1 completed, 1 faulted as expected, 2 failed/);
  const look = /look: aether (runs \S+)/.exec(ended.out)![1]!.split(' ');
  inner.match((await cli.aether(...look)).out, /state +faulted/, 'the suggested command works');
  const plan = (await cli.batch(ALL, '-n')).out;
  inner.match(plan, /run +bad .*last run \S+ ended as faulted, which is not a result/);
  inner.match(plan, /run +wrong .*ended as completed, but was expected to fault with INT_RANGE/);
  const explained = await cli.aether('explain', 'wrong', '--manifests', ALL);
  inner.match(explained.out, 'the last run did not end as expected: the batch runs it again');
  const retried = JSON.parse((await cli.batch(ALL, '--last-failed', '--json')).out) as Result;
  inner.strictSame(
    retried.runs.map(({ name }) => name),
    ['bad', 'wrong'],
  );
  const stopped = JSON.parse((await cli.batch(ALL, '-x', '-j', '1', '--force', '--json')).out) as Result;
  inner.equal(stopped.failed, 1);
  inner.ok(stopped.runs.some(({ state }) => state === 'not_started'));
});

void t.test('stored failures are predicted', async (inner) => {
  const cli = projectWith(
    inner.testdir(),
    `
  - {id: good, run: ${runText()}}
  - {id: wrong, expect: {fault: INT_RANGE}, run: ${runText()}}
`,
  );
  inner.equal((await cli.batch(ALL)).code, 1);
  const told = /completed, but was expected to fault with INT_RANGE/;
  inner.match(
    (await cli.batch(ALL, '-n')).out,
    /cached +wrong .*same inputs as \S+, and fails: completed, but was/,
  );
  const plan = JSON.parse((await cli.batch(ALL, '-n', '--json')).out) as { readonly runs: readonly object[] };
  inner.match(plan.runs, [
    { name: 'good', action: 'cached', failure: null },
    { name: 'wrong', action: 'cached', failure: { code: 'EXPECTED_FAULT_MISSING', message: told } },
  ]);
  const explain = ['explain', 'wrong', '--manifests', ALL];
  inner.match((await cli.aether(...explain)).out, told);
  inner.match(JSON.parse((await cli.aether(...explain, '--json')).out), { failure: { message: told } });
  const { out, code } = await cli.batch(ALL, '-x', '--json');
  inner.equal(code, 1);
  inner.match(JSON.parse(out), { failed: 1, cached: 1, stopped_by: null });
});

void t.test('every problem of every document is reported with exit code 2', async (inner) => {
  const cli = projectWith(
    inner.testdir(),
    `
  - {id: a, run: ${runText({ ticks: '0' })}}
  - {id: b, run: ${runText({ topology_path: 'nowhere.yaml' })}}
`,
  );
  const ended = await cli.batch(ALL);
  inner.equal(ended.code, 2);
  inner.equal(ended.out, '');
  inner.match(ended.err, /manifests\/all\.yaml:5:\d+: /);
  inner.match(ended.err, /manifests\/all\.yaml:6:\d+: /);
  inner.match(ended.err, /\^\n/, 'with the source line');
  const override = await cli.batch(ALL, '-S', 'run.tikcs=3', '-S', 'nonsense');
  inner.equal(override.code, 2);
  inner.match(override.err, /-S run\.tikcs=3: .*\n.*did you mean "ticks"/);
  inner.match(override.err, /-S nonsense: /);
  inner.notOk(
    existsSync(join(cli.directory, 'artefacts/runs')) &&
      readdirSync(join(cli.directory, 'artefacts/runs')).length,
  );
});

for (const [args, code, told] of [
  [['--jbos', '2'], 2, /unknown option --jbos\n {2}did you mean "--jobs"\?/],
  [['-j', 'two'], 2, /--jobs must be an integer >= 1, got "two"/],
  [['--timeout', '5 parsecs'], 2, /--timeout must be a time with a unit/],
  [['--reporter', 'xml'], 2, /--reporter must be one of line, dot, json/],
  [['--grep', '('], 2, /--grep: missing closing \) at position 1/],
  [['--list', '--dry-run'], 2, /mutually exclusive/],
  [[''], 2, /must be a path that is not empty/],
  [['--durations', 'r.json'], 2, /: --durations needs --shard\n/],
  [['-g', 'no such run'], 4, /nothing is selected, of 2 scenarios/],
  [['--tag', 'nobody'], 4, /nothing is selected/],
  [['--store', 'manifests'], 5, /STORE_NOT_A_STORE/],
  [['--profile', 'nobody'], 2, /no loaded manifest has a profile "nobody"/],
] as const) {
  void t.test(`aether-batch ${args.join(' ')} exits with ${String(code)}`, async (inner) => {
    const cli = projectWith(inner.testdir(), SWEEP);
    const ended = await cli.batch(ALL, ...args);
    inner.equal(ended.code, code, ended.err);
    inner.equal(ended.out, '');
    inner.match(ended.err, told);
  });
}

void t.test('a glob that matches nothing is refused', async (inner) => {
  const cli = projectWith(inner.testdir(), SWEEP);
  const ended = await cli.batch('manifests/*.yml');
  inner.equal(ended.code, 2);
  inner.match(ended.err, /manifests\/\*\.yml matches no file/);
});

void t.test('a manifest named several times in different spellings is loaded once', async (inner) => {
  const cli = projectWith(inner.testdir(), SWEEP);
  symlinkSync('manifests', join(cli.directory, 'linked'));
  symlinkSync('all.yaml', join(cli.directory, 'manifests/same.yaml'));
  const spellings = [`./${ALL}`, join(cli.directory, ALL), 'linked/al*.yaml', 'manifests/same.yaml', ALL];
  const once = await cli.batch(ALL, '--list');
  const often = await cli.batch('manifests/al*.yaml', ...spellings, '--list');
  inner.strictSame(often, once, often.err);
  inner.match(
    (await cli.aether('validate', ALL, `./${ALL}`)).out,
    /^ok +BatchManifest +manifests\/all\.yaml\n$/,
  );

  cli.write('other/x', '');
  symlinkSync('../manifests/all.yaml', join(cli.directory, 'other/all.yaml'));
  const elsewhere = await cli.aether('validate', ALL, 'other/all.yaml');
  inner.match(
    elsewhere.out,
    /\n\d+ wrong +BatchManifest +other\/all\.yaml\n/,
    'a link has other files beside it',
  );
  symlinkSync('nowhere', join(cli.directory, 'broken.yaml'));
  inner.match(await cli.batch(ALL, 'broken.yaml'), { code: 2, err: /broken\.yaml: file-missing/ });
});

void t.test('reporters write versioned JSON lines, dots or a plain summary', async (inner) => {
  const cli = projectWith(inner.testdir(), SWEEP);
  const json = await cli.batch(ALL, '--reporter', 'json,dot', '-j', '1');
  inner.equal(json.code, 0);
  const events = json.out
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as { v: number; type: string; time: string });
  inner.ok(events.every((event) => event.v === 1 && !Number.isNaN(Date.parse(event.time))));
  inner.match(events[0], { type: 'batch_start', total: 5, to_run: 4, cached: 0, shared: 1 });
  inner.equal(events.at(-1)!.type, 'batch_end');
  inner.equal(events.filter((event) => event.type === 'run_end').length, 5);
  inner.match(json.err, /^[.c]{5}\n/m);
  inner.match(
    json.err,
    /5 runs: 4 completed, 1 cached \(1 shares a result\)/,
    'the summary goes to stderr if stdout has results',
  );
});

void t.test('help, version and completion are printed', async (inner) => {
  const cli = projectWith(inner.testdir(), SWEEP);
  const help = await cli.batch('--help');
  inner.equal(help.code, 0);
  inner.match(help.out, /--max-failures/);
  inner.match(help.out, /Examples:/);
  inner.match((await cli.batch('--version')).out, /^\d+\.\d+\.\d+\n$/);
  inner.match((await cli.batch('completion')).out, /aether-batch/);
});
