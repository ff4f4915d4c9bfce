import t from 'tap';
import { ALL, projectWith, runText, type CliFixture } from './cli-fixture.js';

const NAME = `long-${'name-'.repeat(9)}end`;
const TEXT = 'a description that tells much more than one line of a usual terminal has room for, to its end';
const SCENARIOS = [
  '',
  `  - {id: ${NAME}, description: "${TEXT}", tags: [smoke, nightly, slow, reviewed], golden: true, run: ${runText({ ticks: '16' })}}`,
  '',
].join('\n');

/** Tables of text output, and a text that each contains only if nothing is cut. */
const TABLES: readonly (readonly [words: readonly string[], whole: RegExp])[] = [
  [['runs'], new RegExp(NAME)],
  [['runs', 'latest'], /umx_ledger .* [0-9a-f]{64}$/m],
  [['batches'], /manifests\/all\.yaml.*$/m],
  [['batches', 'show', 'latest'], new RegExp(`${NAME} +completed`)],
  [['store', 'du'], new RegExp(`${NAME} .*iB$`, 'm')],
  [['scenarios', '--manifests', ALL], new RegExp(`${NAME}.*smoke,nightly,slow,reviewed  .*to its end$`, 'm')],
  [
    ['golden', 'status', '--manifests', ALL],
    new RegExp(`${NAME}.*because the documents of this project say so$`, 'm'),
  ],
  [['inspect', 'latest'], /umx_ledger .* [0-9a-f]{64}$/m],
  [['inspect', 'latest', '--tick', '2'], /Envelopes/],
  [['inspect', 'latest', '--window', '1'], /Candidates/],
  [['show-ledger', 'latest'], /ledger +P-block +envelope +previous\n( +\d.*\n){16}/],
];

async function project(directory: string): Promise<CliFixture> {
  const cli = projectWith(directory, SCENARIOS);
  const why = ['--reason', 'because the documents of this project say so', '--by', 'somebody with a name'];
  const made = await cli.batch(ALL, '-u=all', ...why);
  if (made.code !== 0) throw new Error(made.err);
  return cli;
}

void t.test('a table fits its terminal, and is not cut otherwise', async (t) => {
  const cli = await project(t.testdir());
  const narrow = cli.with({ COLUMNS: '80' });
  const { artefacts } = JSON.parse((await cli.aether('runs', 'latest', '--json')).out) as {
    readonly artefacts: readonly { readonly kind: string; readonly digest: string }[];
  };
  const ledger = artefacts.find(({ kind }) => kind === 'umx_ledger')!.digest;
  const tables = [...TABLES, [['store', 'why', ledger], new RegExp(NAME)]] as const;
  for (const [words, whole] of tables) {
    const call = words.join(' ');
    const piped = await cli.aether(...words);
    t.equal(piped.code, 0, `${call}: ${piped.err}`);
    t.match(piped.out, whole, `${call}: complete in a pipe`);
    t.notMatch(piped.out, '…', `${call}: not cut in a pipe`);
    const fitted = await narrow.aether(...words);
    // A fact is not a table: its value is never cut, so that it can be copied.
    const table = fitted.out
      .split('\n')
      .filter((line) => !/^(loom tip|uledger_last_hash) |^[0-9a-f]{64}: /.test(line));
    const longest = Math.max(...table.map(({ length }) => length));
    t.ok(longest <= 80, `${call}: ${String(longest)} columns`);
    const lines = (text: string): number => text.split('\n').length;
    t.equal(lines(fitted.out), lines(piped.out), `${call}: one line per row`);
  }
});
