import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import t, { type Test } from 'tap';
import { LineDriver, type Said } from './driven.js';
import { ALL, projectWith, runText, type CliFixture } from './cli-fixture.js';
import { asTexts, readElsewhere } from './read-elsewhere.js';

const SWEEP = `
  - id: sweep
    run: ${runText({ ticks: '8', initial_state: '[64, 0]' })}
    matrix: {ticks: [4, 8], 'initial_state[0]': [16, 64], profile_path: [cmp-0.yaml, cmp-1.yaml]}`;
const PAIR = `
  - {id: pair, run: ${runText({ ticks: '6', initial_state: '[9, 0]', run_id: 'P' })}}`;

/** Texts that careless writers corrupt, one for each run of the sweep. */
const HOSTILE = ['a,b', 'say "x"', 'two\nlines', '=1+1', '+1', '-1', '@x|y', '9007199254740993'];

/** Columns that depend only on the documents. */
const COLUMNS =
  'run,scenario,state,ticks,initial_state[0],profile,sum_u,settled_at,C_T,press_bits,result_digest';
const FORMATS = ['csv', 'tsv', 'jsonl', 'json', 'md', 'parquet', 'arrow'];
/** Two axes give a heat map, three parallel coordinates. */
const DRAWINGS: Readonly<Record<string, readonly string[]>> = {
  line: ['-x', 'ticks', '-y', 'C_T', '--series', 'profile', '--kind', 'line'],
  heat: ['--where', 'profile=cmp-0'],
  parallel: [],
};

/** A separate process, under another time zone and language if they are given. */
function driver(t: Test, env: Readonly<Record<string, string>> = {}): LineDriver {
  const started = new LineDriver(env);
  t.teardown(() => {
    started.end();
  });
  return started;
}

/** Every output about the sweep, by file name. */
async function answer(
  run: (...words: string[]) => Promise<Said>,
  at: { readonly directory: string; readonly store: string; readonly to: string },
): Promise<ReadonlyMap<string, Buffer>> {
  const files = new Map<string, Buffer>();
  const ask = async (name: string, ...words: string[]): Promise<void> => {
    const said = await run(...words, '--store', at.store, '-o', `${at.to}-${name}`);
    if (said.code !== 0) throw new Error(`${name}: ${said.err}`);
    files.set(name, readFileSync(join(at.directory, `${at.to}-${name}`)));
  };
  for (const format of FORMATS) await ask(`table.${format}`, 'table', '--columns', COLUMNS);
  for (const format of ['csv', 'parquet', 'arrow'])
    await ask(`series.${format}`, 'series', '--scenario', 'sweep', '--metric', 'u[*],C_t');
  for (const [name, words] of Object.entries(DRAWINGS))
    await ask(`${name}.svg`, 'plot', '--scenario', 'sweep', ...words);
  const text = await run('table', '--columns', COLUMNS, '--store', at.store);
  return files.set('table', Buffer.from(text.out));
}

async function swept(directory: string): Promise<CliFixture> {
  const cli = projectWith(directory, SWEEP + PAIR);
  cli.write('manifests/turned.yaml', readFileSync(join(directory, ALL), 'utf8').replace(SWEEP, '') + SWEEP);
  for (const words of [
    [ALL, '--jobs', '1'],
    ['manifests/turned.yaml', '--jobs', '2', '--store', 'other'],
  ]) {
    const batch = await cli.batch(...words, '--no-golden');
    if (batch.code !== 0) throw new Error(batch.err);
  }
  return cli;
}

void t.test('every format of every output is written for a sweep of three axes', async (t) => {
  const directory = t.testdir();
  await swept(directory);
  const here = driver(t);
  const run = (...words: string[]): Promise<Said> => here.run({ directory, words });
  const files = await answer(run, { directory, store: 'artefacts', to: 'a' });

  void t.test('the bytes do not depend on the environment and on the order of arrival', async (t) => {
    const other = await answer(run, { directory, store: 'other', to: 'b' });
    const there = driver(t, { TZ: 'Asia/Kathmandu', LANG: 'tr_TR.UTF-8', LC_ALL: 'tr_TR.UTF-8' });
    const far = await answer((...words) => there.run({ directory, words }), {
      directory,
      store: 'artefacts',
      to: 'c',
    });
    t.equal(files.size, FORMATS.length + 7);
    for (const [name, bytes] of files) {
      t.ok(bytes.length > 0 && bytes.equals(other.get(name)!), `jobs 2, another order: ${name}`);
      t.ok(bytes.equals(far.get(name)!), `another time zone and language: ${name}`);
    }
  });

  void t.test('another process reads the same values and types from each file', async (t) => {
    const names = [...files.keys()].filter((name) => /\.(csv|tsv|jsonl?|parquet|arrow)$/.test(name));
    const read = new Map(
      (await readElsewhere(names.map((name) => join(directory, `a-${name}`)))).map((found, n) => [
        names[n]!,
        found,
      ]),
    );
    const json = read.get('table.json')!;
    t.strictSame(json.columns, COLUMNS.split(','));
    t.equal(json.rows.length, 9);
    t.strictSame(json.rows.at(-1)!.slice(0, 7), [
      'sweep[ticks=8,initial_state[0]=64,profile=cmp-1]',
      'sweep',
      'completed',
      8,
      64,
      'cmp-1',
      64,
    ]);
    const tables = names.filter((name) => name.startsWith('table.'));
    for (const name of tables) {
      t.strictSame(read.get(name)!.columns, json.columns, name);
      t.strictSame(asTexts(read.get(name)!.rows), asTexts(json.rows), name);
    }
    for (const name of ['table.parquet', 'table.arrow'])
      t.strictSame(
        read.get(name)!.rows[0]!.map((value) => typeof value),
        json.rows[0]!.map((value) => typeof value),
        name,
      );
    const series = read.get('series.csv')!;
    t.strictSame(series.columns, ['run', 'tick', 'u[1]', 'u[2]', 'C_t']);
    t.equal(series.rows.length, 4 * 4 + 4 * 8, 'one row per tick');
    for (const name of ['series.parquet', 'series.arrow'])
      t.strictSame(asTexts(read.get(name)!.rows), series.rows, name);
    t.match(files.get('line.svg')!.toString(), /8 runs, C_T from/);
    t.match(files.get('heat.svg')!.toString(), /Cells shaded by the mean\. 4 runs/);
    t.match(files.get('parallel.svg')!.toString(), /A line for each run.*8 runs/);
    t.match((await run('plot', 'sweep')).out, /A line for each run.*8 runs/, 'a scenario selects its sweep');
  });

  void t.test('labels with commas, quotes, lines, formulas and 2^53+1 are read back unchanged', async (t) => {
    const cells = (await run('table', 'sweep', '--columns', 'run', '--format', 'tsv')).out
      .trimEnd()
      .split('\n')
      .slice(1);
    for (const [n, text] of HOSTILE.entries())
      t.match(await run('label', cells[n]!, `odd=${text}`), { code: 0 });
    const names = FORMATS.filter((format) => format !== 'md').map((format) => `odd.${format}`);
    for (const name of names)
      t.match(await run('table', 'sweep', '--columns', 'run,label.odd,ticks', '-o', name), { code: 0 });
    for (const [n, found] of (await readElsewhere(names.map((name) => join(directory, name)))).entries()) {
      t.strictSame(
        found.rows.map((row) => row[1]),
        HOSTILE,
        names[n]!,
      );
      t.strictSame(
        found.rows.map((row) => row[0]),
        cells,
        names[n]!,
      );
    }
    const where = await run('table', '--where', 'label.odd=a,b', '--columns', 'run', '--format', 'tsv');
    t.strictSame(where.out, `run\n${cells[0]!}\n`);
    t.match(await run('plot', 'sweep', '-x', 'label.odd', '-y', 'C_T', '--kind', 'bar', '-o', 'odd.svg'), {
      code: 0,
    });
    t.match(readFileSync(join(directory, 'odd.svg'), 'utf8'), /say &quot;x&quot;/);
  });

  void t.test(
    'plot writes a page for .html and SVG otherwise; other image formats are refused',
    async (t) => {
      const words = ['sweep', '-x', 'ticks', '-y', 'C_T', '--kind', 'scatter'];
      const svg = (await run('plot', ...words)).out;
      for (const what of ['written', 'drawn again over itself']) {
        t.match(await run('plot', ...words, '-o', 'page.html'), { code: 0 }, what);
      }
      const page = readFileSync(join(directory, 'page.html'), 'utf8');
      t.match(page, /^<!doctype html>\n[^]*<title>C_T by ticks<\/title>/);
      t.ok(page.includes(svg) && !page.includes('<script'));
      for (const name of ['page.png', 'page.PDF']) {
        const refused = await run('plot', ...words, '-o', name);
        t.match(refused, { code: 2, err: /a drawing is an .svg or .html file/ });
      }
      const pair = ['sweep[[]ticks=8*profile=cmp-0[]]', '-o', 'both.html', '--metric', 'C_t'];
      t.match(await run('compare', ...pair), { code: 0 });
      t.match(readFileSync(join(directory, 'both.html'), 'utf8'), /^<!doctype html>/);
    },
  );
});
