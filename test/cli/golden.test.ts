import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { TOPOLOGY } from '../batch/memory-documents.js';
import { ALL, copied, projectWith, runText, type CliFixture } from './cli-fixture.js';
import { PatchedBuild } from './patched-build.js';

const HUGE = '[9007199254740991, 9007199254740991]';
const SCENARIOS = `
  - {id: pair, golden: true, run: ${runText({ ticks: '8', initial_state: '[640, 0]' })}}
  - id: sweep
    golden: true
    run: ${runText({ run_id: 'S' })}
    matrix: {ticks: [4, 8]}
  - {id: must, golden: true, expect: {fault: INT_RANGE}, run: ${runText({ initial_state: HUGE, run_id: 'R2' })}}
`;

interface Report {
  readonly goldens: {
    readonly ok: boolean;
    readonly results: readonly object[];
    readonly obsolete: readonly object[];
  };
}

async function goldensOf(cli: CliFixture, ...args: string[]): Promise<Report['goldens']> {
  const { out } = await cli.batch(ALL, '--json', ...args);
  return (JSON.parse(out) as Report).goldens;
}

/** A project with accepted goldens. */
const accepted = copied(async (directory) => {
  const cli = projectWith(directory, SCENARIOS).with({ AETHER_BY: 'tester' });
  await cli.batch(ALL, '-u', 'missing', '--reason', 'first results');
  return cli;
});

const changeK = (cli: CliFixture): void => {
  cli.write('manifests/pair.yaml', TOPOLOGY.replace('k: 1', 'k: 2'));
};

void t.test('missing goldens fail, are accepted, and then agree', async (t) => {
  const cli = projectWith(t.testdir(), SCENARIOS).with({ AETHER_BY: 'tester' });
  const first = await cli.batch(ALL);
  t.equal(first.code, 1);
  t.match(first.out, /missing {3}sweep\[ticks=8\] \(pending\)/);
  t.match(first.out, /goldens: 0 runs agree, 4 missing\njudge them: aether golden review/);
  const updated = await cli.batch(ALL, '-u', 'missing', '--reason', 'first results');
  t.equal(updated.code, 0, updated.err);
  const golden = JSON.parse(readFileSync(join(cli.directory, 'golden/must/golden.json'), 'utf8')) as object;
  t.match(golden, {
    name: 'must',
    state: 'faulted',
    failure: { code: 'INT_RANGE' },
    manifest: '../manifests/all.yaml',
    accepted: { by: 'tester', why: 'first results' },
  });
  t.match(await goldensOf(cli), { ok: true, obsolete: [] });
  t.equal((await cli.with({ CI: '1' }).batch(ALL)).code, 0);
  t.equal((await cli.aether('golden', 'status', '--manifests', ALL)).code, 0);
});

void t.test('a run that differs from its golden counts as failed until it is judged', async (t) => {
  const cli = await accepted(t.testdir());
  const failedLast = async (...args: string[]): Promise<readonly string[]> => {
    const { code, out, err } = await cli.batch(ALL, '--last-failed', '--list', ...args);
    t.equal(code, out === '' ? 4 : 0, err);
    return out.split('\n').slice(0, -1);
  };
  t.strictSame(await failedLast(), [], 'everything agrees');
  changeK(cli);
  t.equal((await cli.batch(ALL)).code, 1);
  t.strictSame(await failedLast(), ['pair', 'sweep[ticks=4]', 'sweep[ticks=8]']);
  t.strictSame(await failedLast('--no-golden'), [], 'all of them were computed');
  t.strictSame(await failedLast('-S', 'run.ticks=9'), [], 'goldens do not apply to other documents');
  const again = await cli.batch(
    ALL,
    '--last-failed',
    '-g',
    'pair',
    '-u',
    'changed',
    '--reason',
    'k is 2 now',
  );
  t.equal(again.code, 0, again.err);
  t.strictSame(await failedLast(), ['sweep[ticks=4]', 'sweep[ticks=8]'], 'an accepted golden agrees');
  cli.write('golden/pair/golden.json', '{}');
  t.strictSame(await failedLast('-g', 'pair'), ['pair'], 'a damaged golden fails');
  rmSync(join(cli.directory, 'golden/must'), { recursive: true });
  t.strictSame(await failedLast('-g', 'must'), ['must'], 'a missing golden fails');
});

void t.test(
  'a changed k is shown by diff, golden check and explain with tick, field and cause',
  async (t) => {
    const cli = await accepted(t.testdir());
    changeK(cli);
    const explained = await cli.aether('explain', 'pair', '--manifests', ALL);
    t.match(explained.out, /changed since the last run:\n {2}topology \/edges\/0\/k: 1 -> 2/);
    const json = JSON.parse(
      (await cli.aether('explain', 'pair', '--manifests', ALL, '--json')).out,
    ) as object;
    t.match(json, {
      verdict: 'changed',
      inputs: [{ document: 'topology', pointer: '/edges/0/k', a: 1, b: 2 }],
    });

    const checked = await cli.batch(ALL);
    t.equal(checked.code, 1);
    t.match(
      checked.out,
      /changed {3}pair \(pending\)\n +cause: changed inputs\n +topology \/edges\/0\/k: 1 -> 2\n +first difference: tick 1, umx_ledger, \/edges\/0\/raw\n +expected 20\n +found {4}40/,
    );
    t.match(checked.out, /- +"edges": \[\{"cap": 100, "du": 640, "e_id": 1, "f_e": 20/);

    const [id] = (
      JSON.parse((await cli.aether('runs', '--filter', 'name=pair', '--json')).out) as { id: string }[]
    )
      .map((run) => run.id)
      .slice(-1);
    const diff = await cli.aether('diff', id!, 'pair');
    t.equal(diff.code, 1);
    t.match(
      diff.out,
      /first difference {2}tick 1, umx_ledger\nfield {13}\/edges\/0\/raw\na {17}20\nb {17}40\n\ncause\n {2}topology \/edges\/0\/k: 1 -> 2/,
    );
    t.equal((await cli.aether('diff', 'pair', 'pair')).code, 0);
  },
);

void t.test('a changed rule of the engine is reported as changed behaviour', async (t) => {
  const directory = t.testdir();
  const cli = await accepted(directory);
  const other = new PatchedBuild(directory, {
    file: 'engine/umx/kernel.js',
    from: 'Math.floor(product / SC)',
    to: 'Math.ceil(product / SC)',
  });
  const { code, out } = other.run('aether-batch', ALL, '--force');
  t.equal(code, 1);
  t.match(
    out,
    /changed {3}pair \(pending\)\n +cause: CHANGED BEHAVIOUR: the same inputs and engine version give another result\n +first difference: tick 2, umx_ledger, \/edges\/0\/raw/,
  );
  t.notMatch(out, 'changed inputs');
  const replay = await cli.aether('replay', 'pair');
  t.equal(replay.code, 1, 'the unchanged engine does not confirm the result of the changed one');
  t.match(replay.out, /first difference {2}tick 2, umx_ledger/);
});

void t.test('a golden under a previous name is one finding with the command that moves it', async (t) => {
  const cli = await accepted(t.testdir());
  const former = 'golden/sweep[ticks=8,profile=cmp-0]';
  renameSync(join(cli.directory, 'golden/sweep[ticks=8]'), join(cli.directory, former));
  const move = `git mv '${former}' 'golden/sweep[ticks=8]'`;
  const batch = await cli.batch(ALL);
  t.equal(batch.code, 1);
  t.ok(batch.out.includes(`renamed: ${former} holds this run's result; move it: ${move}`), batch.out);
  t.match(batch.out, /goldens: 3 runs agree, 1 renamed\n/);
  t.match(await goldensOf(cli.with({ CI: '1' })), {
    obsolete: [],
    results: [{}, {}, {}, { verdict: 'missing', renamed: { from: 'sweep[ticks=8,profile=cmp-0]' } }],
  });
  const status = ['golden', 'status', '--manifests', ALL];
  const listed = await cli.aether(...status);
  t.equal(listed.code, 1);
  t.ok(listed.out.includes(move), listed.out);
  t.notMatch(listed.out, /missing|obsolete/);
  const rows = JSON.parse((await cli.aether(...status, '--json')).out) as { readonly name: string }[];
  t.match(
    rows.find(({ name }) => name === 'sweep[ticks=8]'),
    { state: 'renamed', detail: [/^renamed: /] },
  );
  execFileSync('sh', ['-c', move.replace('git mv', 'mv')], { cwd: cli.directory });
  t.equal((await cli.batch(ALL)).code, 0);
  t.equal((await cli.aether(...status)).code, 0);
});

void t.test('goldens are read-only in CI; missing, changed and obsolete ones fail', async (t) => {
  const cli = await accepted(t.testdir());
  const ci = cli.with({ CI: '1' });
  for (const args of [['-u'], ['-u', 'all'], ['-u=missing']]) {
    const refused = await ci.batch(ALL, ...args);
    t.equal(refused.code, 2, args.join(' '));
    t.match(refused.err, /-u is refused because CI is set/);
  }
  for (const word of ['accept', 'reject']) {
    t.equal((await ci.aether('golden', word, '--all', '--reason', 'x')).code, 2, word);
  }
  t.equal((await ci.aether('golden', 'review')).code, 2);

  cpSync(join(cli.directory, 'golden/pair'), join(cli.directory, 'golden/nobody'), { recursive: true });
  t.match(await goldensOf(ci), {
    ok: false,
    obsolete: [{ name: 'nobody', why: '../manifests/all.yaml no longer requests it' }],
  });
  t.equal((await ci.batch(ALL)).code, 1);
  t.equal((await ci.batch(ALL, '-g', 'pair')).code, 0, 'a partial batch does not determine obsolete goldens');
  const { out } = await cli.batch(ALL);
  t.match(out, /1 obsolete\nremove obsolete goldens: delete their directories, or use -u all/);
  t.notMatch(out, 'golden review', 'no result is pending');
  t.match(
    (await cli.aether('golden', 'status', '--manifests', ALL)).out,
    /\n\nremove obsolete goldens: .*\n$/,
  );
  t.equal((await cli.batch(ALL, '-u', 'all')).code, 0);
  t.notOk(existsSync(join(cli.directory, 'golden/nobody')));

  cli.write('golden/pair/golden.json', '{}');
  t.match((await ci.batch(ALL)).out, /damaged {3}pair/);
  changeK(cli);
  t.match(await goldensOf(ci), { ok: false });
  t.notOk(existsSync(join(cli.directory, 'golden/.pending/pair.json')), 'no result is pending any more');
});

void t.test('pending results survive, and are accepted and rejected by command', async (t) => {
  const cli = await accepted(t.testdir());
  for (const word of ['accept', 'reject']) {
    const { code, out, err } = await cli.aether('golden', word, '--all', '--reason', 'x', '--by', 'tester');
    t.strictSame([code, out, err], [0, '', `nothing to ${word}: no result is pending\n`]);
  }
  changeK(cli);
  await cli.batch(ALL);
  const status = await cli.aether('golden', 'status', '--manifests', ALL);
  t.equal(status.code, 1);
  t.match(status.out, /pair +changed, pending/);
  const review = await cli.aether('golden', 'review');
  t.equal(review.code, 1);
  t.match(
    review.out,
    /aether golden accept 'sweep\[ticks=4\]' --reason '...' --run \S+/,
    'without a terminal it prints the commands',
  );
  t.match(review.out, /first difference: tick 1, umx_ledger/);
  t.match((await cli.aether('golden', 'accept', 'pair')).err, /needs --reason/);
  t.match((await cli.aether('golden', 'accept', '--reason', 'x')).err, /waiting: pair, sweep\[ticks=4\]/);
  const typo = await cli.aether('golden', 'accept', 'pear', '--reason', 'x');
  t.equal(typo.code, 1);
  t.match(typo.err, /near: pair/);
  t.match((await cli.aether('golden', 'accept', 'pair', '--reason', 'k is 2')).out, 'accepted  pair');
  t.match(
    (await cli.aether('golden', 'reject', 'sweep[ticks=4]', '--reason', 'no')).out,
    'rejected  sweep[ticks=4]',
  );
  const again = await cli.batch(ALL);
  t.match(again.out, /changed {3}sweep\[ticks=4\] \(this result was rejected\)/);
  t.match(again.out, /goldens: 2 runs agree, 2 changed/);
  const all = await cli.aether('golden', 'accept', '--all', '--reason', 'k is 2', '--json');
  t.match(JSON.parse(all.out), { accepted: ['sweep[ticks=8]'], pending: 0 });
  t.equal(all.code, 0);
});

void t.test('results of overridden documents are not judged and never become goldens', async (t) => {
  const cli = await accepted(t.testdir());
  const override = ['-S', 'topology.edges[0].k=3'];
  const compared = await cli.batch(ALL, ...override);
  t.equal(compared.code, 0);
  t.match(compared.out, /goldens: 0 runs agree, 4 not judged because -S changes the inputs/);
  t.match(await goldensOf(cli, ...override), { ok: true, compared: 0, not_judged: 4 });
  const logged = await cli.batch(
    ALL,
    '-S',
    'run.logging.enabled=true',
    '-S',
    'run.logging.destination=memory',
  );
  t.match(logged.out, /goldens: 4 runs agree\n/, 'an override that cannot change a result is compared');
  t.notOk(existsSync(join(cli.directory, 'golden/.pending/pair.json')));
  t.equal((await cli.batch(ALL, ...override, '-u')).code, 2);
  t.equal((await cli.batch(ALL, ...override, '--no-golden')).code, 0);
});

void t.test('a manifest can set the directory of a golden, also for each run of a sweep', async (t) => {
  const cli = projectWith(
    t.testdir(),
    `
  - {id: one, golden: ../accepted/one, run: ${runText()}}
  - {id: many, golden: ../accepted/many, run: ${runText({ run_id: 'M' })}, matrix: {ticks: [4, 8]}}
`,
  );
  t.equal((await cli.batch(ALL, '-u', 'missing')).code, 0);
  for (const path of ['one', 'many/many[ticks=4]', 'many/many[ticks=8]']) {
    t.ok(existsSync(join(cli.directory, 'accepted', path, 'golden.json')), path);
  }
  changeK(cli);
  t.equal((await cli.batch(ALL)).code, 1);
  t.equal((await cli.aether('golden', 'accept', '--all', '--reason', 'k')).code, 0);
  t.equal((await cli.with({ CI: '1' }).batch(ALL)).code, 0);
});

void t.test('goldens that only one profile uses or disables are never obsolete', async (t) => {
  const cli = projectWith(
    t.testdir(),
    `
  - {id: plain, golden: true, run: ${runText()}}
  - {id: late, run: ${runText({ run_id: 'L' })}, matrix: {ticks: [4, 8]}}
  - {id: placed, golden: ../golden/mine, run: ${runText({ run_id: 'P' })}}
profiles: {off: {golden: false}, on: {golden: true}, slow: {retries: 1}}
`,
  );
  const names = ['late[ticks=4]', 'late[ticks=8]', 'mine', 'placed', 'plain'];
  const left = (): string[] =>
    readdirSync(join(cli.directory, 'golden'))
      .filter((name) => !name.startsWith('.'))
      .sort();
  t.equal((await cli.batch(ALL, '-u', 'missing')).code, 0);
  t.equal((await cli.batch(ALL, '--profile', 'on', '-u', 'missing')).code, 0);
  t.strictSame(left(), names);
  const ci = cli.with({ CI: '1' });
  for (const profile of [[], ['--profile', 'off'], ['--profile', 'on'], ['--profile', 'slow']]) {
    const ended = await ci.batch(ALL, ...profile);
    t.equal(ended.code, 0, `${profile.join(' ')}: ${ended.out}`);
    t.equal((await cli.batch(ALL, ...profile, '-u', 'all')).code, 0);
    t.strictSame(left(), names, 'no golden is removed');
  }
  const status = async (...args: string[]): Promise<Record<string, string>> => {
    const { code, out } = await cli.aether('golden', 'status', '--manifests', ALL, '--json', ...args);
    t.equal(code, 0);
    const rows = JSON.parse(out) as { name: string; state: string }[];
    return Object.fromEntries(rows.map(({ name, state }) => [name, state]));
  };
  t.strictSame(await status(), { placed: 'agrees', plain: 'agrees' });
  t.strictSame(await status('--profile', 'off'), {});
  const plain = await cli.aether('golden', 'status', '--manifests', ALL);
  t.match(plain.out, /\n1 scenario asks for a golden only under another --profile\n$/);
  const all = ['late[ticks=4]', 'late[ticks=8]', 'placed', 'plain'];
  t.strictSame(await status('--profile', 'on'), Object.fromEntries(all.map((name) => [name, 'agrees'])));
  const text = readFileSync(join(cli.directory, ALL), 'utf8');
  cli.write(ALL, text.replace('on: {golden: true}', 'on: {retries: 2}'));
  t.match(
    (await ci.batch(ALL)).out,
    /late\[ticks=4\]: [^]*late\[ticks=8\]: [^]*placed: [^]*goldens: 2 runs agree, 3 obsolete/,
  );
});

void t.test('-u takes an optional mode and refuses an unknown one', async (t) => {
  const cli = await accepted(t.testdir());
  const wrong = await cli.batch('-u', ALL);
  t.equal(wrong.code, 2);
  t.match(wrong.err, /-u must be one of changed, missing, all, none/);
  t.equal((await cli.batch(ALL, '-u', '--no-golden')).code, 2);
  changeK(cli);
  t.match((await cli.batch(ALL, '-u')).out, /accepted {2}pair/);
});
