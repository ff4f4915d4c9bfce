import { cpSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import t, { type Test } from 'tap';
import { ALL, CliFixture, projectWith, runText } from './cli-fixture.js';
import { PatchedBuild, type Patch } from './patched-build.js';

const KILL = "process.kill(process.pid, 'SIGKILL');";

/**
 * Places after the last publication at which the process is killed, with the state of the batch in the store
 * afterwards.
 */
const MOMENTS: Readonly<Record<string, Patch & { readonly recorded: boolean }>> = {
  'before the goldens are judged': {
    file: 'batch/pipeline.js',
    from: 'const goldens = await judge(ended.outcomes);',
    to: `${KILL} const goldens = await judge(ended.outcomes);`,
    recorded: false,
  },
  'between two goldens': {
    file: 'golden/check/golden-checks.js',
    from: 'judgedRuns.push(judged);',
    to: `{ judgedRuns.push(judged); ${KILL} }`,
    recorded: false,
  },
  'before the verdict is recorded': {
    file: 'batch/batch.js',
    from: 'await this.#options.around.store.putBatch(record);',
    to: `${KILL} await this.#options.around.store.putBatch(record);`,
    recorded: false,
  },
  'while the record is put in its place': {
    file: 'store/publish/durable-writer.js',
    from: 'if (file.onTaken === undefined)',
    to: `if (file.path.startsWith('batches/')) ${KILL} if (file.onTaken === undefined)`,
    recorded: false,
  },
  'before the reports are written': {
    file: 'cli/commands/batch/action.js',
    from: 'await writeReports(',
    to: `${KILL} await writeReports(`,
    recorded: true,
  },
};

const SCENARIOS = (ticks: string): string => `
  - {id: kept, golden: true, run: ${runText({ ticks: '8' })}}
  - {id: moved, golden: true, run: ${runText({ ticks })}}
`;

interface Listed {
  readonly id: string;
  readonly verdict?: { readonly ok: boolean };
}

async function listed(cli: CliFixture): Promise<readonly Listed[]> {
  return JSON.parse((await cli.aether('batches', '--json')).out) as readonly Listed[];
}

/** A project with a passed batch and its reports, after which the golden of one scenario differs. */
async function project(directory: string): Promise<void> {
  const cli = projectWith(directory, SCENARIOS('9')).alwaysSpawned();
  const first = await cli.batch(ALL, '-u', 'missing', '--output', 'out', '--reporter', 'json,junit');
  if (first.code !== 0) throw new Error(first.err);
  projectWith(directory, SCENARIOS('10'));
}

async function killed(
  t: Test,
  cli: CliFixture,
  patch: Patch & { readonly recorded: boolean },
): Promise<void> {
  const build = new PatchedBuild(cli.directory, patch);
  const dead = build.run('aether-batch', ALL, '--output', 'out', '--reporter', 'json,junit');
  t.equal(dead.code, 'SIGKILL', dead.err);
  t.notMatch(dead.out, /verdict: ok/, 'no view shows success');
  for (const report of ['report.json', 'junit.xml'])
    t.notOk(existsSync(join(cli.directory, 'out', report)), `${report} of the previous call is removed`);
  const verdicts = (await listed(cli)).map(({ verdict }) => verdict?.ok);
  t.strictSame(verdicts, patch.recorded ? [false, true] : [true], 'only a judged batch is recorded');
  const next = await cli.batch(ALL, '--output', 'out', '--reporter', 'json');
  t.equal(next.code, 1, 'the next call judges the runs');
  t.match(next.out, /GOLDENS_DIFFER: goldens: 1 changed/);
  t.match(next.out, /2 cached/, 'no run is executed again');
}

void t.test('a killed batch is judged by the next call and shown nowhere as passed', async (t) => {
  const place = t.testdir({ project: {} });
  await project(join(place, 'project'));
  for (const [index, [moment, patch]] of Object.entries(MOMENTS).entries()) {
    const directory = join(place, `killed-${index}`);
    cpSync(join(place, 'project'), directory, { recursive: true });
    await t.test(moment, (t) => killed(t, new CliFixture(directory).alwaysSpawned(), patch));
  }
});
