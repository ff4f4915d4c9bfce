import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import t, { type Test } from 'tap';
import { REPO } from '../config/repo.js';
import { CliFixture } from './cli-fixture.js';
import { asTexts, readElsewhere } from './read-elsewhere.js';

interface Result {
  readonly executed: number;
  readonly cached: number;
  readonly runs: readonly { name: string; state: string; executions: number }[];
}

/** A copy of the shipped documents. */
function checkout(directory: string): CliFixture {
  for (const room of ['manifests', 'profiles', 'topologies']) {
    cpSync(join(REPO, room), join(directory, room), { recursive: true });
  }
  return new CliFixture(directory).alwaysSpawned();
}

const NIGHTLY = 'manifests/nightly.yaml';

/** The runs of the batch as a table in every format, and drawings of sweeps with one, two and many axes. */
async function answersOf(
  t: Test,
  cli: CliFixture,
  { store, runs }: { readonly store: string; readonly runs: number },
): Promise<void> {
  const ask = async (...words: string[]): Promise<string> => {
    const said = await cli.aether(...words, '--store', store);
    t.equal(said.code, 0, said.err);
    return said.out;
  };
  const files = ['csv', 'json', 'parquet', 'arrow'].map((format) => `night.${format}`);
  for (const file of files) await ask('table', '--batch', 'latest', '-o', file);
  await ask(
    'series',
    '--scenario',
    'nightly-ring-5-profiles',
    '--metric',
    'u[*],C_t,press_bits',
    '-o',
    's.csv',
  );
  await ask(
    'series',
    '--scenario',
    'nightly-ring-5-profiles',
    '--metric',
    'u[*],C_t,press_bits',
    '-o',
    's.parquet',
  );
  const read = await readElsewhere([...files, 's.csv', 's.parquet'].map((file) => join(cli.directory, file)));
  const [csv, json, parquet, arrow, ticks, typed] = read;
  t.equal(csv!.rows.length, runs);
  for (const other of [json!, parquet!, arrow!]) {
    t.strictSame(other.columns, csv!.columns);
    t.strictSame(asTexts(other.rows), csv!.rows);
  }
  const kinds = (row: readonly unknown[]): string[] =>
    row.map((value) => (value === null ? '' : typeof value));
  for (const typed of [parquet!, arrow!])
    t.strictSame(typed.rows.map(kinds).map(String), json!.rows.map(kinds).map(String));
  t.equal(ticks!.rows.length, 3 * (16 + 64 + 256));
  t.strictSame(asTexts(typed!.rows), ticks!.rows);
  t.match(await ask('plot', '--scenario', 'nightly-gf01-ticks', '-y', 'C_T'), /Lines through the means/);
  t.match(
    await ask('plot', '--scenario', 'nightly-governance', '-y', 'proposals_accepted'),
    /Cells shaded by the mean/,
  );
  t.match(await ask('plot', '--scenario', 'nightly-star-5-states'), /A line for each run.*60 runs/);
}

void t.test('the nightly batch runs once, then only runs with a changed value', async (inner) => {
  const root = inner.testdir({ here: {}, moved: {} });
  const [here, moved] = [checkout(join(root, 'here')), checkout(join(root, 'moved'))];
  const store = join(root, 'tree');
  const batch = async (cli: CliFixture, ...args: string[]): Promise<Result> => {
    const ended = await cli.batch(NIGHTLY, '--store', store, '--json', ...args);
    inner.equal(ended.code, 0, ended.err);
    return JSON.parse(ended.out) as Result;
  };
  const change = (cli: CliFixture, path: string, edit: (text: string) => string): void => {
    const file = join(cli.directory, path);
    const before = readFileSync(file, 'utf8');
    writeFileSync(file, edit(before));
    inner.not(readFileSync(file, 'utf8'), before, `${path} is edited`);
  };
  const first = await batch(here, '-j', '2');
  inner.ok(first.runs.length > 200 && first.executed > 200);
  await answersOf(inner, here, { store, runs: first.runs.length });
  inner.equal((await batch(here)).executed, 0, 'the second call');
  inner.equal((await batch(moved, '-j', '1')).executed, 0, 'another directory and another -j');
  change(
    here,
    NIGHTLY,
    (text) => `# a remark\n${text.replace('  v: 1\n', '  logging: {enabled: true, level: debug}\n  v: 1\n')}`,
  );
  change(here, 'topologies/ring-5.yaml', (text) =>
    text.replace(/^(gid: .*\n)/m, '').concat('\ngid: RING5 # last\n'),
  );
  inner.equal((await batch(here)).executed, 0, 'comments, the order of keys, logging');
  change(here, NIGHTLY, (text) => text.replace('gr_max_p: [0, 4]', 'gr_max_p: [0, 3]'));
  const touched = (await batch(here)).runs.filter(({ executions }) => executions > 0);
  inner.ok(
    touched.length > 0 && touched.every(({ name }) => /^nightly-line-4-accounting\[.*gr_max_p=3/.test(name)),
  );
  change(here, NIGHTLY, (text) =>
    text.replace('initial_state: [100, 0, 0, 20]', 'initial_state: [100, 0, 0, 21]'),
  );
  const explained = await here.aether('explain', touched[0]!.name, '--store', store);
  inner.match(explained.out, /initial_state\/3.*20.*21/s, 'the field, old and new');
  const again = (await batch(here)).runs.filter(({ executions }) => executions > 0);
  inner.ok(again.length > touched.length);
  inner.ok(
    again.every(({ name }) => name.startsWith('nightly-line-4-accounting[')),
    'exactly the cells of the document',
  );
});
