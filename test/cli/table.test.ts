import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { AETHER } from '../../lib/cli/aether-program.js';
import { draw } from '../../lib/cli/commands/plot/action.js';
import { runProgram } from '../../lib/cli/program.js';
import { ALL, projectWith, runText } from './cli-fixture.js';
import { quietTerminal } from './quiet-terminal.js';
import type { Terminal } from '../../lib/cli/terminal.js';

const SCENARIOS = `
  - {id: pair, tags: [one], run: ${runText({ ticks: '8', initial_state: '[64, 0]' })}}
  - id: sweep
    tags: [two]
    run: ${runText({ ticks: '8', initial_state: '[64, 0]', run_id: 'S' })}
    matrix: {ticks: [4, 8], profile_path: [cmp-0.yaml, cmp-1.yaml]}
`;

interface Said {
  code: number | undefined;
  out: string;
  err: string;
}

async function run(words: readonly string[], parts: Partial<Terminal> = {}): Promise<Said> {
  const said: Said = { code: undefined, out: '', err: '' };
  const out = (text: string): void => void (said.out += text);
  const terminal = quietTerminal({
    out,
    data: out,
    write: (bytes) => {
      out(Buffer.from(bytes).toString());
      return Promise.resolve(true);
    },
    err: (text) => void (said.err += text),
    ...parts,
  });
  await runProgram(AETHER, words, { terminal, env: {}, exit: (code) => void (said.code = code) });
  return said;
}

void t.test('aether table prints axes and results', async (t) => {
  const directory = t.testdir();
  const cli = projectWith(directory, SCENARIOS);
  const batch = await cli.batch(ALL, '--no-golden');
  t.equal(batch.code, 0, batch.err);
  process.chdir(directory);
  const table = (...words: string[]): Promise<Said> => run(['table', ...words]);

  void t.test('runs are selected, sorted and limited', async (t) => {
    const said = await table(
      'sweep',
      '--columns',
      'run,ticks,profile',
      '--sort',
      '-ticks,profile',
      '--format',
      'csv',
    );
    t.equal(said.code, 0);
    t.strictSame(said.out.split('\n'), [
      'run,ticks,profile',
      '"sweep[ticks=8,profile=cmp-0]",8,cmp-0',
      '"sweep[ticks=8,profile=cmp-1]",8,cmp-1',
      '"sweep[ticks=4,profile=cmp-0]",4,cmp-0',
      '"sweep[ticks=4,profile=cmp-1]",4,cmp-1',
      '',
    ]);
    const names = async (...words: string[]): Promise<string[]> =>
      (await table('--columns', 'run', '--format', 'tsv', ...words)).out.trimEnd().split('\n').slice(1);
    t.strictSame(await names('--tag', 'one', '--manifest', ALL), ['pair']);
    t.equal((await names('--manifest', ALL)).length, 5);
    t.equal((await names('--batch', 'latest', '--state', 'completed,faulted')).length, 5);
    t.equal((await names('--since', '1h', '--limit', '2')).length, 2);
    t.equal((await names('sweep[[]*', '--where', 'ticks>4', '--where', 'profile=cmp-1')).length, 1);
  });

  void t.test('a table is fitted to a terminal, and complete in a pipe', async (t) => {
    const narrow = await run(['table', 'sweep'], { outWidth: () => 80 });
    for (const line of narrow.out.split('\n')) t.ok(line.length <= 80, line);
    t.match(narrow.out, /^run +state +ticks/);
    t.match(
      narrow.err,
      /columns not shown, the terminal is too narrow: .*result_digest.*; choose with --columns/,
    );
    const whole = await table('sweep');
    t.match(whole.out, /[0-9a-f]{64}/);
    t.equal(whole.err, '');
    const chosen = await run(['table', 'sweep', '--columns', 'run,result_digest'], { outWidth: () => 60 });
    t.match(chosen.out, /result_digest/, 'requested columns are cut, not omitted');
  });

  void t.test('the extension of a file selects the format, and existing files are kept', async (t) => {
    for (const name of ['x.csv', 'x.tsv', 'x.jsonl', 'x.json', 'x.md', 'x.parquet', 'x.arrow']) {
      t.match(await table('-o', name), { code: 0, out: '' }, name);
      t.ok(readFileSync(name).length > 0);
    }
    t.match(await table('-o', 'x.csv'), {
      code: 2,
      err: /x\.csv exists already\n {2}choose another -o, or add --replace/,
    });
    const before = readFileSync('x.csv', 'utf8');
    t.match(await table('-o', 'x.csv', '--replace', '--limit', '1'), { code: 0 });
    t.ok(readFileSync('x.csv', 'utf8').length < before.length);
    t.match(await table('-o', 'manifests', '--format', 'csv', '--replace'), {
      code: 2,
      err: /is not a file/,
    });
    t.match(await table('-o', 'artefacts/x.csv'), { code: 2, err: /is inside the store/ });
    t.match(await table('-o', 'x.xlsx'), {
      code: 2,
      err: /is not that of a format\n {2}add --format, one of csv, tsv/,
    });
    t.match(await table('-o', 'x.txt', '--format', 'table'), {
      code: 2,
      err: /is only written to standard output/,
    });
    t.match(await table('-o', 'gone/x.csv'), {
      code: 1,
      err: /OUTPUT_UNWRITABLE: cannot write gone\/x\.csv/,
    });
    writeFileSync('mine.csv', 'mine\n');
    t.match(await table('-o', 'mine.csv', '--where', 'ticks=99', '--replace'), { code: 4 });
    t.equal(readFileSync('mine.csv', 'utf8'), 'mine\n', 'an empty selection writes no file');
    t.notOk(existsSync(join(directory, 'gone')));
    const terminal = await run(['table', '--format', 'parquet'], { isPaged: true });
    t.match(terminal, { code: 2, err: /parquet is not shown on a terminal/ });
  });

  void t.test(
    'invalid arguments, unknown names and empty selections have different exit codes',
    async (t) => {
      t.match(await table('--where', 'tick>3'), { code: 2, out: '', err: /no column tick\n {2}.*ticks/ });
      t.match(await table('--columns', 'presbits'), { code: 2, err: /press_bits/ });
      t.match(await table('--agg', 'mean'), { code: 2, err: /need columns to group by/ });
      t.match(await table('--agg', 'median', '--group-by', 'ticks'), { code: 2, err: /median/ });
      t.match(await table('--since', '7'), { code: 2, err: /--since must be an age such as 90m, .*got "7"/ });
      t.match(await table('--since', '2026-02-31T99:00:00Z'), { code: 2, err: /--since must be/ });
      t.match(await table('--state', 'done'), { code: 2, err: /done/ });
      t.match(await table('swep'), { code: 1, err: /no run swep.*sweep/ });
      t.match(await table('--batch', 'nightly'), { code: 1, err: /no batch nightly/ });
      t.match(await table('--where', 'ticks=99'), { code: 4, out: '', err: 'no run is selected\n' });
      t.match(await table('--where', 'ticks=99', '--format', 'json'), { code: 4, out: '[]\n' });
      t.match(await run(['table', '--store', 'nowhere']), { code: 5, err: /STORE_NOT_FOUND/ });
    },
  );

  void t.test('aether runs accepts and refuses the same selections', async (t) => {
    const names = async (...words: string[]): Promise<string[]> => {
      const said = await run(['runs', '--json', ...words]);
      t.equal(said.code, 0, said.err);
      return (JSON.parse(said.out) as { name: string }[]).map(({ name }) => name).sort();
    };
    t.equal((await names()).length, 5, 'every execution');
    t.strictSame(await names('--tag', 'one', '--manifest', ALL), ['pair']);
    t.strictSame(await names('--where', 'ticks>4', '--where', 'profile=cmp-1'), [
      'sweep[ticks=8,profile=cmp-1]',
    ]);
    t.equal((await names('sweep[[]*', '--batch', 'latest', '--state', 'completed')).length, 4);
    t.equal((await names('--scenario', 'sweep', '--since', '1h', '--filter', 'cmp-0')).length, 2);
    t.strictSame(await names('pair', 'sweep[ticks=8,profile=cmp-0]'), [
      'pair',
      'sweep[ticks=8,profile=cmp-0]',
    ]);
    t.match(await run(['runs', 'pair', '--json']), { out: /^\{.*"name":"pair"/ }, 'a single run is shown');
    t.match(await run(['runs', '--scenario', 'sweep', '--limit', '1']), { code: 0, err: /--limit/ });
    t.match(await run(['runs', '--where', 'tick>3']), { code: 2, err: /no column tick\n {2}.*ticks/ });
    t.match(await run(['runs', '--scenario', 'swep']), {
      code: 1,
      err: /no run belongs to scenario swep.*sweep/,
    });
    t.match(await run(['runs', 'pair', 'swep']), { code: 1, err: /no run swep.*sweep/ });
    t.match(await run(['runs', '--where', 'ticks=99']), { code: 4, out: '', err: 'no run matches\n' });
  });

  void t.test('aether compare accepts the same selection and draws', async (t) => {
    const said = await run(['compare', '--scenario', 'sweep', '--where', 'ticks=8', '-o', 'both.svg']);
    t.match(said, { code: 0, out: /profile/, err: /both\.svg: / });
    const svg = readFileSync('both.svg', 'utf8');
    t.match(svg, /#2 sweep\[ticks=8,profile=cmp-1\], .*differs from tick 1/);
    t.match(await run(['compare', 'pair', 'sweep[[]*', '-o', 'both.svg', '--metric', 'u[2]']), { code: 0 });
    t.not(readFileSync('both.svg', 'utf8'), svg, 'a drawing replaces a drawing');
    t.match(await run(['compare', 'pair', 'sweep', '--metric', 'u[2]']), { code: 2, err: /name a file/ });
    t.match(await run(['compare', 'pair', 'sweep', '-o', '-']), {
      code: 2,
      err: /is not written to standard output/,
    });
    t.match(await run(['compare', 'pair', 'sweep', '-o', 'both.svg', '--metric', 'max_uu']), {
      code: 1,
      err: /no metric max_uu.*max_u/,
    });
    t.match(await run(['compare']), { code: 2, err: /name the runs to compare/ });
    t.match(await run(['compare', 'pair']), { code: 2, err: /at least two runs/ });
  });

  void t.test('--open shows the file only on a terminal', async (t) => {
    const opened: string[] = [];
    const said: string[] = [];
    const open = (parts: Partial<Terminal>, env: NodeJS.ProcessEnv = {}, fails = ''): Promise<number> =>
      draw(
        { selector: ['pair'], store: 'artefacts', output: 'pair.svg', open: true },
        {
          terminal: quietTerminal({ err: (text) => void said.push(text), ...parts }),
          env,
          exit: () => undefined,
        },
        (path) => {
          opened.push(path);
          return fails === '' ? Promise.resolve() : Promise.reject(new Error(fails));
        },
      );
    t.equal(await open({ isPaged: true }), 0);
    t.strictSame(opened, [join(process.cwd(), 'pair.svg')]);
    t.equal(await open({}), 0);
    t.match(said.at(-1), 'pair.svg: not opened, there is no terminal');
    t.equal(await open({ isPaged: true }, { CI: 'true' }), 0);
    t.match(said.at(-1), 'pair.svg: not opened, CI is set');
    t.equal(opened.length, 1, 'never without a terminal');
    await t.rejects(open({ isLive: true }, {}, 'xdg-open is not installed'), {
      code: 'OUTPUT_NOT_OPENED',
      message: /pair\.svg is written, but cannot be opened: xdg-open is not installed/,
    });
    t.match(await run(['plot', 'pair', '--open']), {
      code: 2,
      err: /--open needs a file\n {2}name it with -o/,
    });
  });

  void t.test('the bytes of the program are the same in another time zone and language', async (t) => {
    const columns = [
      '--columns',
      'run,profile,ticks,press_bits,settled_at,result_digest,started_at',
      '--format',
      'csv',
    ];
    const here = await cli.aether('table', ...columns);
    t.equal(here.code, 0, here.err);
    const there = await cli.with({ TZ: 'Asia/Kathmandu', LANG: 'tr_TR.UTF-8' }).aether('table', ...columns);
    t.equal(there.out, here.out);
    t.equal((await table(...columns)).out, here.out);
  });
});
