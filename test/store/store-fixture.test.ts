import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { ALL, CliFixture } from '../cli/cli-fixture.js';
import { REPO } from '../config/repo.js';

/** A project with a store and goldens made by an earlier version; see the README beside it. */
const FIXTURE = join(REPO, 'test/store/fixtures/before-verdicts.tar.gz');

/** Bytes of every file below a directory, by path. */
function filesBelow(directory: string): ReadonlyMap<string, string> {
  const files = readdirSync(directory, { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  );
  return new Map(
    files.map(({ parentPath, name }) => {
      const path = join(parentPath, name);
      return [path, readFileSync(path, 'latin1')];
    }),
  );
}

void t.test('a store made by an earlier version can be read and written', async (t) => {
  const directory = t.testdir();
  execFileSync('tar', ['-xzf', FIXTURE, '-C', directory]);
  const cli = new CliFixture(directory);
  const ok = async (...words: string[]): Promise<string> => {
    const { code, out, err } = await cli.aether(...words);
    t.equal(code, 0, `${words.join(' ')}: ${out}${err}`);
    return out;
  };
  const store = join(directory, 'artefacts');
  const before = filesBelow(store);
  const runs = JSON.parse(await ok('runs', '--json')) as readonly {
    readonly id: string;
    readonly name: string;
  }[];
  t.strictSame(runs.map(({ name }) => name).sort(), ['faulty', 'plain', 'sweep[ticks=8]', 'sweep[ticks=9]']);
  t.match(await ok('batches'), /goldens: not recorded/);
  t.match(await ok('batches', 'show', 'latest'), /^goldens +not recorded$/m);
  t.match(await ok('inspect', 'plain', '--tick', '2'), /tick/);
  await ok('verify', 'plain');
  await ok('replay', 'sweep[ticks=9]');
  t.match(await ok('store', 'verify'), /./);
  t.strictSame(
    filesBelow(join(store, 'runs')),
    new Map([...before].filter(([path]) => path.startsWith(join(store, 'runs')))),
    'reading changes no record',
  );
  const again = await cli.batch(ALL);
  t.equal(again.code, 0, again.out + again.err);
  t.match(again.out, /4 runs: 4 cached|4 cached/, 'its results are current for the same inputs');
  t.match(again.out, /goldens: 3 runs agree/, 'they agree with the goldens of that version');
  t.match(await ok('batches'), /ok .*\n.*goldens: not recorded/s);
  const kept = await ok('store', 'gc', '--keep-last', '1');
  t.match(kept, /./);
  await ok('store', 'verify');
  t.equal((await cli.batch(ALL)).code, 0, 'after gc');
});
