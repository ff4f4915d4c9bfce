import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { ALL, projectWith, runText } from './cli-fixture.js';

const SCENARIOS = `
  - {id: pair, golden: true, run: ${runText({ ticks: '8', initial_state: '[640, 0]' })}}
  - {id: other, run: ${runText({ run_id: 'S' })}}
`;

void t.test('a session snapshot is exported, and adopted as a golden only if it is equal', async (t) => {
  const cli = projectWith(t.testdir(), SCENARIOS).with({ AETHER_BY: 'tester' });
  t.equal((await cli.batch(ALL, '--no-golden')).code, 0);
  const read = (path: string): string => readFileSync(join(cli.directory, path), 'utf8');
  const exported = await cli.aether('store', 'export', 'pair', '--format', 'session', '-o', 'pair.json');
  t.equal(exported.code, 0, exported.err);
  t.match(exported.out, /^pair \S+ -> pair\.json, .* in 1 file\n$/);
  t.equal(
    (await cli.aether('store', 'export', 'pair', '--format', 'session', '-o', '-')).out,
    read('pair.json'),
  );
  const again = await cli.aether('store', 'export', 'pair', '--format', 'session', '-o', 'pair.json');
  t.equal(again.code, 2, 'an existing file is not replaced');

  const altered = read('pair.json').replace('"sum_post_u":640', '"sum_post_u":641');
  cli.write('altered.json', altered);
  const differs = await cli.aether('golden', 'adopt', 'altered.json', 'pair', '--manifests', ALL);
  t.equal(differs.code, 1);
  t.match(
    differs.out,
    /first difference: tick 1, ledgers, \/sum_post_u\n {2}snapshot {2}641\n {2}run {7}640\nnot adopted/,
  );
  t.equal(existsSync(join(cli.directory, 'golden')), false);

  const ci = await cli.with({ CI: '1' }).aether('golden', 'adopt', 'pair.json', 'pair', '--manifests', ALL);
  t.equal(ci.code, 2, 'goldens are read-only in CI');
  const adopted = await cli.aether('golden', 'adopt', 'pair.json', 'pair', '--manifests', ALL);
  t.equal(adopted.code, 0, adopted.err);
  t.match(adopted.out, /every record agrees; adopted from pair\.json\n$/);
  t.match(JSON.parse(read('golden/pair/golden.json')), {
    name: 'pair',
    manifest: '../manifests/all.yaml',
    accepted: { by: 'tester', why: 'adopted from pair.json' },
  });
  const held = await cli.batch(ALL);
  t.equal(held.code, 0, held.out);
  t.match(held.out, /goldens: 1 run agrees/);
});

void t.test('an invalid snapshot or run is refused and named', async (t) => {
  const cli = projectWith(t.testdir(), SCENARIOS);
  await cli.batch(ALL, '--no-golden');
  cli.write('text.json', 'no json');
  cli.write('empty.json', '{}');
  execFileSync('mkfifo', [join(cli.directory, 'pipe')]);
  for (const [args, code, message] of [
    [['text.json', 'pair'], 2, /text\.json is not a session snapshot/],
    [['none.json', 'pair'], 2, /none\.json is not a session snapshot: ENOENT/],
    [['.', 'pair'], 2, /is not a session snapshot: EISDIR/],
    [['pipe', 'pair'], 2, /is not a session snapshot: EFTYPE/],
    [['/dev/zero', 'pair'], 2, /is not a session snapshot: EFTYPE/],
    [['empty.json'], 2, /golden adopt needs a snapshot file and a scenario/],
    [['empty.json', 'pair', 'other'], 2, /golden adopt needs a snapshot file and a scenario/],
    [['empty.json', 'pear'], 1, /there is no run pear; near matches: pair/],
  ] as const) {
    const ended = await cli.aether('golden', 'adopt', ...args, '--manifests', ALL);
    t.equal(ended.code, code, args.join(' '));
    t.match(ended.err, message);
  }
  const empty = await cli.aether('golden', 'adopt', 'empty.json', 'pair', '--manifests', ALL);
  t.equal(empty.code, 1, 'an empty snapshot is not adopted');
  const json = await cli.aether('golden', 'adopt', 'empty.json', 'pair', '--manifests', ALL, '--json');
  t.match(JSON.parse(json.out), { name: 'pair', equal: false, adopted: false });
});
