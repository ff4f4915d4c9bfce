import t from 'tap';
import { openDiskStore, openStager } from '../../lib/store/index.js';
import { nodePlatform } from '../../lib/platform/index.js';
import { join } from 'node:path';
import { sampleBatch } from '../store/sample-batch.js';
import { sampleRun } from '../store/sample-run.js';
import { ALL, projectWith, runText } from './cli-fixture.js';

void t.test('batches are listed and shown by id, prefix and latest', async (t) => {
  const cli = projectWith(
    t.testdir(),
    `\n  - {id: plain, run: ${runText()}}\n  - {id: other, run: ${runText({ run_id: 'M' })}}\n`,
  );
  t.match(await cli.aether('batches'), { code: 5 }, 'without a store');
  t.equal((await cli.batch(ALL, '--no-golden')).code, 0);
  t.equal((await cli.batch(ALL, '--no-golden', '-g', '^plain$')).code, 0);
  t.equal((await cli.aether('run', 'plain', '--manifests', ALL, '-S', 'run.ticks=5')).code, 0);
  const listed = await cli.aether('batches', '--json');
  t.equal(listed.code, 0, listed.err);
  const batches = JSON.parse(listed.out) as { id: string; states: object }[];
  t.strictSame(
    batches.map(({ states }) => states),
    [{ completed: 1 }, { cached: 1 }, { completed: 2 }],
    'newest first; a single run is recorded as a batch',
  );
  t.match((await cli.aether('batches', '--limit', '1')).out.trim().split('\n'), { length: 2 });
  for (const [args, said] of [
    [['batches', '--limit', '1'], /^only the latest 1 batch; --limit shows more/],
    [['batches', '--limit', '2', '--json'], /^only the latest 2 batches; --limit shows more/],
    [['batches', '--limit', '3'], /^$/],
    [['runs', '--limit', '2', '--json'], /^only the latest 2 runs; --limit shows more/],
    [['runs', '--limit', '1', '--filter', 'scenario=plain'], /^only the latest 1 run; --limit shows more/],
    [['runs', '--limit', '1', '--filter', 'scenario=other'], /^$/],
    [['runs', '--limit', '3'], /^$/],
  ] as const) {
    const cut = await cli.aether(...args);
    t.match(cut, { code: 0, err: said }, args.join(' '));
    t.notMatch(cut.out, '--limit shows more');
  }
  const [last, cached, first] = batches.map(({ id }) => id);
  for (const ref of ['latest', last!, last!.slice(0, -1)]) {
    const shown = await cli.aether('batches', 'show', ref);
    t.match(shown.out, new RegExp(`batch +${last!}`), ref);
    t.match(shown.out, /plain\[ticks=5\] +completed/);
  }
  t.match((await cli.aether('batches', 'show', cached!)).out, /runs +1: 1 cached/);
  const json = JSON.parse((await cli.aether('batches', 'show', first!, '--json')).out) as object;
  t.match(json, { id: first, outcomes: [{ name: 'other' }, { name: 'plain' }] });
  for (const [args, code, told] of [
    [['batches', 'show'], 2, /needs a batch id or latest/],
    [['batches', 'show', 'nothing-like-it'], 1, /there is no batch nothing-like-it/],
    [['inspect', last!], 1, /is a batch, not a run; aether batches show/],
    [['cat', last!, 'u_ledger'], 1, /is a batch, not a run/],
    [['store', 'pin', last!], 1, /is a batch, not a run/],
  ] as const) {
    const ended = await cli.aether(...args);
    t.equal(ended.code, code, args.join(' '));
    t.match(ended.err, told, args.join(' '));
  }
});

void t.test('records of an older version and from the future are marked', async (t) => {
  const cli = projectWith(t.testdir(), `\n  - {id: plain, run: ${runText()}}\n`);
  const store = await openDiskStore({ root: join(cli.directory, 'artefacts'), platform: nodePlatform() });
  await store.putBatch(sampleBatch({ id: 'b-old' }));
  await store.putBatch(sampleBatch({ id: 'b-ahead', started_at: '2999-01-01T00:00:00.000Z' }));
  const stager = openStager(store.stager, nodePlatform());
  const ahead = sampleRun(stager, {
    id: 'r-ahead',
    name: 'plain',
    engine: '0.9.0',
    ended_at: '2999-01-01T00:00:00.000Z',
  });
  await store.publish(ahead);
  await store.close();
  t.match((await cli.aether('runs')).err, /warning: run r-ahead started in the future, at 2999/);
  const verified = await cli.aether('store', 'verify');
  t.equal(verified.code, 0, 'a date alone does not make a result invalid');
  for (const path of ['runs/r-ahead.json', 'batches/b-ahead.json'])
    t.match(verified.out, `${path} started in the future`);
  t.equal((await cli.aether('run', 'plain', '--manifests', ALL)).code, 0);
  t.not(
    JSON.parse((await cli.aether('runs', 'latest', '--json')).out).id,
    'r-ahead',
    'latest is the last arrival',
  );
  const { out } = await cli.aether('batches');
  t.match(out, /b-old .*goldens: not recorded/);
  t.match(out, /b-ahead +2999-01-01T00:00:00Z \(in the future\)/);
  t.match((await cli.aether('batches', 'show', 'b-old')).out, /goldens +not recorded/);
});
