import t from 'tap';
import { ALL, projectWith, runText, type CliFixture } from './cli-fixture.js';

const rows = (order: readonly number[]): string =>
  order
    .map((i) => {
      const state = `[${String(i * 7)}, ${String(-i)}]`;
      const run = runText({ initial_state: state, run_id: `R${String(i)}` });
      return `\n  - {id: s${String(i)}, run: ${run}, matrix: {profile_path: [cmp-1.yaml, cmp-0.yaml], ticks: [3, 9]}}`;
    })
    .join('');

async function digests(cli: CliFixture, ...args: string[]): Promise<[string, string][]> {
  const ended = await cli.batch(ALL, '--json', ...args);
  if (ended.code !== 0) throw new Error(ended.err);
  const { runs } = JSON.parse(ended.out) as {
    runs: { name: string; state: string; result_digest: string }[];
  };
  if (runs.some(({ state }) => state !== 'completed')) throw new Error('a run was not executed');
  return runs.map(({ name, result_digest }): [string, string] => [name, result_digest]).sort();
}

void t.test('results depend only on the documents', async (inner) => {
  const cli = projectWith(inner.testdir(), rows([1, 2, 3, 4, 5])).alwaysSpawned();
  const one = await digests(cli, '-j', '1', '--store', 'one');
  inner.equal(one.length, 20);
  inner.equal(new Set(one.map(([, digest]) => digest)).size, 20);
  inner.strictSame(await digests(cli, '-j', '4', '--store', 'four'), one, 'four at once');
  const elsewhere = cli.with({ TZ: 'Pacific/Kiritimati', LANG: 'tr_TR.UTF-8', LC_ALL: 'tr_TR.UTF-8' });
  inner.strictSame(
    await digests(elsewhere, '-j', '2', '--store', 'tr'),
    one,
    'another time zone and language',
  );
  const shuffled = projectWith(inner.testdir({}), rows([4, 2, 5, 1, 3])).alwaysSpawned();
  inner.strictSame(
    await digests(shuffled, '-j', '3', '--store', 'shuffled'),
    one,
    'shuffled, in another directory',
  );
  const [name, digest] = one[7]!;
  const alone = await cli.aether('run', name, '--manifests', ALL, '--store', 'alone', '--json');
  inner.equal(alone.code, 0, alone.err);
  inner.equal(
    (JSON.parse(alone.out) as { result_digest: string }).result_digest,
    digest,
    'on the main thread',
  );
});
