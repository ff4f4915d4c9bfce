import { existsSync, readdirSync } from 'node:fs';
import t from 'tap';
import { ALL, ended, projectWith, runText } from './cli-fixture.js';
import { PatchedBuild } from './patched-build.js';

const SCENARIOS = `
  - {id: pair, run: ${runText({ initial_state: '[640, 0]' })}}
  - {id: must, expect: {fault: INT_RANGE}, run: ${runText({ initial_state: '[9007199254740991, 9007199254740991]', run_id: 'R2' })}}
  - {id: sweep, run: ${runText({ run_id: 'S' })}, matrix: {ticks: [4, 8, 12]}}
`;

void t.test('a correct engine gives the same digests in all rounds', async (t) => {
  const cli = projectWith(t.testdir(), SCENARIOS);
  const { code, out, err } = await cli.aether('audit', ALL);
  t.equal(code, 0, err);
  t.match(out, '5 runs in 5 rounds: every digest is the same in every round');
  t.match(err, /round 2 of 5: \d+ jobs on workers, order reversed, TZ=Pacific\/Chatham LANG=tr_TR\.UTF-8/);
  t.notOk(existsSync(`${cli.directory}/artefacts`), 'the store of the project is unchanged');
  t.equal((await cli.aether('audit', ALL, '-g', 'nothing')).code, 4);
});

void t.test('an interrupted audit ends its round and removes its stores', async (t) => {
  const cli = projectWith(
    t.testdir({ tmp: {} }),
    `\n  - {id: long, run: ${runText({ ticks: '900000', windows: '{every: 10000, apx_name: A}' })}}\n`,
  );
  const child = cli.with({ TMPDIR: `${cli.directory}/tmp` }).start('aether', 'audit', ALL);
  const end = ended(child);
  child.stderr.once('data', () => child.kill('SIGTERM'));
  const { code, err } = await end;
  t.equal(code, 130, err);
  t.match(err, /aether: interrupted/);
  t.strictSame(readdirSync(`${cli.directory}/tmp`), []);
});

void t.test('an engine that depends on the time zone is detected, with the first divergence', (t) => {
  const directory = t.testdir();
  projectWith(directory, SCENARIOS);
  const other = new PatchedBuild(directory, {
    file: 'engine/umx/kernel.js',
    from: 'raw[e] = w;',
    to: 'raw[e] = tick === 3 && new Date(0).getTimezoneOffset() !== 0 ? w + 1 : w;',
  });
  const { code, out } = other.run('aether', 'audit', ALL, '-g', 'pair|ticks=7]');
  t.equal(code, 1);
  t.match(
    out,
    /differs {2}pair\n {2}first round {2}completed [0-9a-f]{12}\n {2}this round {3}completed [0-9a-f]{12}: \d+ jobs on workers, order reversed, TZ=Pacific\/Chatham/,
  );
  t.match(
    out,
    /first difference {2}tick 3, umx_ledger\n {2}field {13}\/edges\/0\/raw\n {2}first round {7}17\n {2}this round {8}18/,
  );
  t.match(out, /1 run in 5 rounds: 1 run differs between rounds\nthe stores of the rounds are kept in /);
  t.end();
});
