import { existsSync, readFileSync } from 'node:fs';
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import t from 'tap';
import { ALL, projectWith, runText } from './cli-fixture.js';

/** Wider than any terminal. */
const LONG = `The plain one${', which goes on'.repeat(20)}.`;
const SCENARIOS = `
  - {id: plain, description: '${LONG}', tags: [small], run: ${runText()}}
  - {id: sweep, run: ${runText({ run_id: 'S' })}, matrix: {ticks: [4, 8]}}
`;
const LOGGED =
  '{enabled: true, level: info, destination: stdout, include_ticks: true, include_windows: false}';

interface Record {
  readonly id: string;
  readonly name: string;
  readonly state: string;
  readonly ticks_total: number;
  readonly result_digest: string;
  readonly artefacts: readonly { kind: string; digest: string; size: number }[];
}

void t.test('a scenario runs, prints its record, and its artefacts are read back exactly', async (inner) => {
  const cli = projectWith(inner.testdir(), SCENARIOS);
  const ended = await cli.aether('run', 'plain', '--manifests', ALL, '--json');
  inner.equal(ended.code, 0, ended.err);
  const record = JSON.parse(ended.out) as Record;
  for (const { kind, digest, size } of record.artefacts) {
    const cat = await cli.aether('cat', record.id, kind);
    inner.equal(createHash('sha256').update(cat.out).digest('hex'), digest, kind);
    inner.equal(Buffer.byteLength(cat.out), size);
  }
  const table = await cli.aether('run', 'plain', '--manifests', ALL);
  inner.match(table.out, /state +completed \(cached\)/);
  inner.match(table.out, new RegExp(`result +${record.result_digest}`));
  inner.match(table.out, /u_ledger +4 +[\d.]+ KiB +[0-9a-f]{64}/);
  const other = JSON.parse(
    (await cli.aether('run', 'plain', '--manifests', ALL, '-S', 'run.ticks=5', '--json')).out,
  ) as Record;
  inner.equal(other.ticks_total, 5);
  inner.equal(other.name, 'plain[ticks=5]', 'the name shows the override');
  const named = JSON.parse((await cli.aether('runs', 'plain', '--json')).out) as Record;
  inner.equal(named.id, record.id, 'the plain name refers to the plain inputs');
  for (const reference of ['plain[ticks=5]', 'latest', other.id, other.id.slice(0, 22)]) {
    const shown = await cli.aether('runs', reference, '--json');
    inner.equal((JSON.parse(shown.out) as Record).id, other.id, reference);
  }
});

void t.test('a RunConfig file, and a cell of a sweep, can be run as scenarios', async (inner) => {
  const cli = projectWith(inner.testdir(), SCENARIOS);
  cli.write('manifests/my-run.yaml', runText({ run_id: 'MINE' }));
  const file = await cli.aether('run', 'manifests/my-run.yaml', '--json');
  inner.equal(file.code, 0, file.err);
  inner.match(JSON.parse(file.out), { run_id: 'MINE', state: 'completed' });
  const cell = await cli.aether('run', 'sweep[ticks=8]', '--manifests', ALL, '--json');
  inner.match(JSON.parse(cell.out), { name: 'sweep[ticks=8]', ticks_total: 8 });
  const sweep = await cli.aether('run', 'sweep', '--manifests', ALL);
  inner.equal(sweep.code, 2);
  inner.match(sweep.err, /sweep is a sweep of 2 runs\n {2}name one, such as 'sweep\[ticks=4\]'/);
});

void t.test('an unknown name is reported with near names and exit code 1', async (inner) => {
  const cli = projectWith(inner.testdir(), SCENARIOS);
  await cli.aether('run', 'plain', '--manifests', ALL);
  for (const [args, told] of [
    [['run', 'plian', '--manifests', ALL], /there is no scenario plian\n {2}near: plain/],
    [
      ['run', 'sweep[ticks=9]', '--manifests', ALL],
      /there is no run sweep\[ticks=9\]\n {2}near: sweep\[ticks=4\]/,
    ],
    [['cat', 'plian', 'u_ledger'], /there is no run plian; near matches: plain/],
    [['cat', 'plain', 'u_leger'], /u_leger was not recorded; recorded are .*u_ledger/],
    [['scenarios', 'show', 'plian', '--manifests', ALL], /there is no scenario plian\n {2}near: plain/],
  ] as const) {
    const ended = await cli.aether(...args);
    inner.equal(ended.code, 1, args.join(' '));
    inner.equal(ended.out, '');
    inner.match(ended.err, told);
  }
  const nowhere = await cli.aether('cat', 'latest', 'u_ledger', '--store', 'nowhere');
  inner.equal(nowhere.code, 5);
  inner.match(nowhere.err, /STORE_NOT_FOUND/);
  inner.notOk(existsSync(join(cli.directory, 'nowhere')), 'reading creates no store');
});

void t.test('every artefact of a compact run can be read', async (inner) => {
  const cli = projectWith(inner.testdir(), `\n  - {id: small, retain: compact, run: ${runText()}}\n`);
  const record = JSON.parse((await cli.aether('run', 'small', '--manifests', ALL, '--json')).out) as Record;
  const ledger = record.artefacts.find(({ kind }) => kind === 'umx_ledger')!;
  inner.match(ledger, { stored: false });
  const cat = await cli.aether('cat', 'small', 'umx_ledger');
  inner.equal(createHash('sha256').update(cat.out).digest('hex'), ledger.digest);
});

void t.test('scenarios are listed and described', async (inner) => {
  const cli = projectWith(inner.testdir(), SCENARIOS);
  const listed = await cli.aether('scenarios', '--manifests', ALL);
  inner.match(listed.out, `  small  ${LONG}\n`, 'names are complete in a pipe');
  inner.match(listed.out, /sweep +2 /);
  const shown = await cli.aether('scenarios', 'show', 'sweep', '--manifests', ALL);
  inner.match(shown.out, /graph +PAIR: 2 nodes, 1 edges/);
  inner.match(shown.out, /2 runs:\n {2}sweep\[ticks=4\]\n {2}sweep\[ticks=8\]\n/);
  const json = JSON.parse((await cli.aether('scenarios', '--manifests', ALL, '--json')).out) as {
    id: string;
    runs: number;
  }[];
  inner.strictSame(
    json.map(({ id, runs }) => [id, runs]),
    [
      ['plain', 1],
      ['sweep', 2],
    ],
  );
});

void t.test('documents are validated with all problems', async (inner) => {
  const cli = projectWith(inner.testdir(), SCENARIOS);
  const good = await cli.aether('validate', 'manifests/*.yaml');
  inner.equal(good.code, 0, good.out);
  inner.match(good.out, /ok +BatchManifest +manifests\/all\.yaml/);
  cli.write('manifests/bad.yaml', 'gid: X\nN: 0\nSC: [1]\nedgse: []\n');
  const bad = await cli.aether('validate', 'manifests/bad.yaml', ALL);
  inner.equal(bad.code, 2);
  inner.match(bad.out, /manifests\/bad\.yaml:2:4: /);
  inner.match(bad.out, /manifests\/bad\.yaml:3:5: /);
  const json = JSON.parse((await cli.aether('validate', 'manifests/bad.yaml', '--json')).out) as {
    problems: unknown[];
  }[];
  inner.ok(json[0]!.problems.length >= 3);
});

void t.test(
  'validate reports cells with the same name, in text and JSON, also without goldens',
  async (inner) => {
    const shared = `["a b", "a-b-5e229e24"]`;
    const cli = projectWith(
      inner.testdir(),
      `\n  - {id: a, run: ${runText()}, matrix: {run_id: ${shared}}}\n  - {id: b, run: ${runText()}, include: [{run_id: "a b"}, {run_id: a-b-5e229e24}]}\n`,
    );
    const told = await cli.aether('validate', ALL);
    inner.equal(told.code, 2, told.out);
    inner.match(told.out, /two cells of scenario a would both be named a\[run_id=a-b-5e229e24\]/);
    inner.match(told.out, /two cells of scenario b would both be named b\[run_id=a-b-5e229e24\]/);
    const verdicts = JSON.parse((await cli.aether('validate', ALL, '--json')).out) as object[];
    inner.match(verdicts, [{ problems: [{ code: 'shared-name' }, { code: 'shared-name' }] }]);
    const planned = await cli.batch(ALL, '--list');
    inner.equal(planned.code, 2, 'the same as in planning');
  },
);

void t.test('recorded runs are listed and filtered', async (inner) => {
  const cli = projectWith(inner.testdir(), SCENARIOS);
  await cli.batch(ALL);
  inner.match((await cli.aether('runs')).out, /sweep\[ticks=8\] +completed +8 /);
  const filtered = JSON.parse(
    (await cli.aether('runs', '--filter', 'scenario=sweep', '--json')).out,
  ) as unknown[];
  inner.equal(filtered.length, 2);
  inner.equal((JSON.parse((await cli.aether('runs', '--limit', '1', '--json')).out) as unknown[]).length, 1);
  const none = await cli.aether('runs', '--filter', 'state=faulted');
  inner.equal(none.code, 4);
  inner.equal((await cli.aether('runs', '--filter', 'stat=x')).code, 2);
});

void t.test('a log is written to the path in its document and stored as an artefact', async (inner) => {
  const toFile = LOGGED.replace('stdout', 'file, file_path: run.log');
  const withLog = (logging: string): string => runText().replace('metrics:', `logging: ${logging}, metrics:`);
  const cli = projectWith(
    inner.testdir(),
    `\n  - {id: a, run: ${withLog(LOGGED)}}\n  - {id: b, run: ${withLog(toFile)}}\n`,
  );
  const shown = await cli.aether('run', 'a', '--manifests', ALL);
  inner.equal(shown.out.split('\n').filter((line) => line.includes('"tick_complete"')).length, 4);
  await cli.aether('run', 'b', '--manifests', ALL, '--force');
  const artefact = (await cli.aether('cat', 'b', 'log')).out;
  inner.ok(artefact.includes('"run_end"'));
  inner.equal(readFileSync(join(cli.directory, 'artefacts/logs/run.log'), 'utf8'), artefact);
});

void t.test('the error about an unwritable log names its run', async (inner) => {
  // Every name fits, but not the whole path: system calls take at most 4,096 bytes.
  const path = Array.from({ length: 20 }, () => 'deep'.repeat(60)).join('/');
  const nowhere = LOGGED.replace('stdout', `file, file_path: ${path}`);
  const logged = runText().replace('metrics:', `logging: ${nowhere}, metrics:`);
  const cli = projectWith(inner.testdir(), `\n  - {id: a, run: ${logged}}\n`);
  const { code, out, err } = await cli.aether('run', 'a', '--manifests', ALL, '--json');
  inner.equal(code, 0);
  const { id } = JSON.parse(out) as Record;
  inner.match(err, `the log file of run ${id} is incomplete, its artefact is complete: ENAMETOOLONG`);
  inner.match((await cli.aether('cat', 'a', 'log')).out, '"run_end"');
});

void t.test('a usage error shows the usage of the command', async (inner) => {
  const cli = projectWith(inner.testdir(), SCENARIOS);
  for (const [line, told] of [
    ['', /name a command: apxi, audit, batch, batches, .*\n {2}see aether --help/],
    ['scenarois', /unknown command scenarois\n {2}did you mean "scenarios"\?/],
    ['--versoin', /unknown option --versoin\n {2}did you mean "--version"\?/],
    ['store', /name a store command: verify, gc, .*\n {2}see aether store --help/],
    ['store vrify', /unknown store command vrify; .*\n {2}did you mean "verify"\?/],
    ['store verify --stroe x', /--stroe\n {2}did you mean "--store"\?\n {2}see aether store verify --help/],
    ['verify --filter x', /unknown option --filter\n {2}see aether verify --help/],
    ['diff one', /an argument is missing: diff <a> <b>\n/],
    [
      'golden',
      /golden <action> \[names\.\.\]; <action> is one of status, review, accept, reject, reopen, adopt\n/,
    ],
    ['golden stauts', /unknown value stauts; .*\n {2}did you mean "status"\?/],
    ['inspect latest more', /unknown argument more\n {2}see aether inspect --help/],
    ['run b -S', /option -S needs a value\n/],
  ] as const) {
    const { code, out, err } = await cli.aether(...line.split(' ').filter((word) => word !== ''));
    inner.strictSame({ code, out }, { code: 2, out: '' }, line);
    inner.match(err, told, line);
  }
  inner.match((await cli.aether('run', '--help')).out, /Examples:/);
});
