import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import fc from 'fast-check';
import t from 'tap';
import { nodePlatform } from '../../lib/platform/index.js';
import { listRuns, openDiskStore } from '../../lib/store/index.js';
import { ALL, ended, projectWith, runText, type CliFixture } from '../cli/cli-fixture.js';

/** Number of times that a batch is killed. */
const KILLS = 40;
const RUNS = 200;
const SWEEP = `\n  - {id: s, run: ${runText({ ticks: '60' })}, matrix: {"initial_state[0]": {range: [1, ${String(RUNS)}]}}}\n`;

interface Result {
  readonly executed: number;
  readonly cached: number;
  readonly runs: readonly { name: string; run: string; result_digest: string }[];
}

/** Ids of the completed runs by name. */
async function completed(cli: CliFixture): Promise<Map<string, string[]>> {
  const store = await openDiskStore({
    root: join(cli.directory, 'artefacts'),
    mode: 'read',
    platform: nodePlatform(),
  });
  const byName = new Map<string, string[]>();
  for (const { id, name, state } of await listRuns(store)) {
    if (state === 'completed') byName.set(name, [...(byName.get(name) ?? []), id]);
  }
  await store.close();
  return byName;
}

/** Time of a kill: after a number of results of the call, and a number of milliseconds later. */
interface Moment {
  readonly results: number;
  readonly delay_ms: number;
}

/** Before the first result a call starts, plans and claims for some hundred milliseconds; after it, it computes and publishes. */
const MOMENT: fc.Arbitrary<Moment> = fc.oneof(
  { arbitrary: fc.record({ results: fc.constant(0), delay_ms: even(500) }), weight: 1 },
  { arbitrary: fc.record({ results: even(4), delay_ms: even(30) }), weight: 3 },
);

function even(max: number): fc.Arbitrary<number> {
  return fc.noBias(fc.integer({ min: 0, max }));
}

/** Random for every run of this test; `AETHER_KILL_SEED` repeats one seed. */
const SEED = Number(process.env['AETHER_KILL_SEED'] ?? Date.now() % 2 ** 31);

async function killedRun(cli: CliFixture, { results, delay_ms }: Moment): Promise<number | string> {
  const child = cli.start('aether-batch', ALL, '-j', '2', '--reporter', 'json');
  const end = ended(child);
  let seen = 0;
  const reached = new Promise<void>((resolve) => {
    child.stdout.on('data', (bytes: Buffer) => {
      seen += bytes.toString().split('"state":"completed"').length - 1;
      if (seen >= results) resolve();
    });
  });
  await Promise.race([reached, end]);
  await pause(delay_ms);
  child.kill('SIGKILL');
  return (await end).code;
}

void t.test(
  'a batch killed at forty random times loses no completed run and ends normally',
  async (inner) => {
    const cli = projectWith(inner.testdir(), SWEEP).alwaysSpawned();
    const control = JSON.parse(
      (await cli.batch(ALL, '--store', 'control', '-j', '2', '--json')).out,
    ) as Result;
    inner.equal(control.executed, RUNS);
    inner.comment(`AETHER_KILL_SEED=${String(SEED)}`);
    let killed = 0;
    let done = new Map<string, string[]>();
    let isUpgraded = false;
    for (const [kill, moment] of fc.sample(MOMENT, { numRuns: KILLS, seed: SEED }).entries()) {
      const code = await killedRun(cli, moment);
      if (code === 'SIGKILL') killed++;
      // Killed before the store was created: nothing can be lost yet.
      if (!existsSync(join(cli.directory, 'artefacts/store.json'))) continue;
      const verified = await cli.aether('store', 'verify', '--json');
      if (verified.code !== 0)
        inner.equal(verified.code, 0, `after kill ${String(kill)}: ${verified.out}${verified.err}`);
      const now = await completed(cli);
      for (const [name, ids] of done) {
        if (now.get(name)?.join() !== ids.join())
          inner.fail(`${name} was executed again after kill ${String(kill)}`);
      }
      done = now;
      // The other half is published in segments, in addition to plain files.
      if (kill < KILLS / 2 || isUpgraded) continue;
      const upgraded = await cli.aether('store', 'upgrade');
      inner.equal(upgraded.code, 0, upgraded.err);
      isUpgraded = true;
    }
    inner.ok(isUpgraded);
    inner.ok(
      killed >= 5 && done.size >= 20,
      `${String(killed)} of ${String(KILLS)} kills came in time; ${String(done.size)} runs were done`,
    );
    const resumed = JSON.parse((await cli.batch(ALL, '-j', '2', '--json')).out) as Result;
    inner.equal(resumed.executed, RUNS - done.size, 'exactly the missing runs');
    const digests = ({ runs }: Result): unknown =>
      runs.map(({ name, result_digest }) => [name, result_digest]);
    inner.strictSame(digests(resumed), digests(control));
    inner.ok(
      [...(await completed(cli)).values()].every((ids) => ids.length === 1),
      'each run was executed once',
    );
    inner.equal((await cli.aether('store', 'verify')).code, 0);
    inner.equal((await cli.aether('store', 'pack')).code, 0);
    inner.equal((await cli.aether('store', 'verify')).code, 0);
    const again = JSON.parse((await cli.batch(ALL, '-j', '2', '--json')).out) as Result;
    inner.equal(again.cached, RUNS, 'packed runs are read as well');
  },
);
