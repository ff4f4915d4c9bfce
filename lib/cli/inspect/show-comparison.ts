import type { Json } from '../../base/canonical-json.js';
import { causeTexts, firstDifferenceText } from '../../batch/report/comparison-rows.js';
import { fittedTable, type FittedColumn } from '../../batch/report/fitted-table.js';
import { shortJson } from '../../golden/index.js';
import { compareRuns, type RunComparison } from '../../inspect/compare/index.js';
import { selectRuns, type SelectedRun } from '../../inspect/selection/index.js';
import type { ArtefactStore } from '../../store/port.js';
import type { CommandContext } from '../command-context.js';
import { UsageError } from '../command-error.js';
import type { CompareArguments } from '../commands/compare.js';
import { EXIT, type ExitCode } from '../exit-codes.js';
import { openForReading } from '../open-store.js';
import { orRefused } from '../selection/selected-runs.js';
import { shortDigest } from './facts.js';
import { paged } from './pager.js';

/** More columns than this help nobody; aether table is made for many runs. */
const MOST_RUNS = 64;

/** Puts runs side by side. */
export async function showComparison(args: CompareArguments, context: CommandContext): Promise<ExitCode> {
  const { terminal } = context;
  const store = await openForReading(args.store, context);
  try {
    const rows = await rowsOf(store, args.runs);
    if (rows.length < 2)
      throw new UsageError('compare needs two runs at least', `selected: ${rows[0]?.name ?? 'none'}`);
    if (rows.length > MOST_RUNS) {
      throw new UsageError(
        `compare must be given at most ${String(MOST_RUNS)} runs, got ${String(rows.length)}`,
        'aether table has one row for each of many',
      );
    }
    const comparison = await compareRuns(store, rows);
    if (args.json === true) terminal.out(`${JSON.stringify(comparison)}\n`);
    else {
      const lines = comparisonLines(comparison, terminal.outWidth());
      await paged(context, async (line) => {
        for (const text of lines) await line(text);
      });
    }
    return EXIT.ok;
  } finally {
    await store.close();
  }
}

/** The runs in the order of the words, each once; those of a glob by name. */
async function rowsOf(store: ArtefactStore, words: readonly string[]): Promise<readonly SelectedRun[]> {
  const rows = new Map<string, SelectedRun>();
  for (const word of words) {
    const selected = orRefused(await selectRuns(store, { selectors: [word] }));
    for await (const row of selected.read({ press: false })) {
      const id = `${row.name} ${row.run.id}`;
      if (!rows.has(id)) rows.set(id, row);
    }
  }
  return [...rows.values()];
}

function comparisonLines(comparison: RunComparison, width: number | null): string[] {
  const { runs, inputs, more_inputs, without_inputs, observables, pairs } = comparison;
  const marks = runs.map((_, n) => `#${String(n + 1)}`);
  const columns = (title: string): FittedColumn[] => [
    { title, align: 'left', shrinksTo: 20 },
    ...marks.map((mark) => ({ title: mark, align: 'right' as const, shrinksTo: 8 })),
  ];
  const values = (row: readonly Json[]): string[] =>
    row.map((value) => (value === null ? '-' : shortJson(value)));
  const known = observables.filter((row) => row.values.some((value) => value !== null));
  return [
    ...fittedTable(
      RUNS,
      runs.map(({ name, run, state, engine, result_digest }, n) => [
        marks[n]!,
        name,
        run,
        state,
        engine,
        shortDigest(result_digest),
      ]),
      width,
    ),
    '',
    ...(inputs.length === 0
      ? ['no input differs']
      : fittedTable(
          columns('input'),
          inputs.map(({ document, pointer, values: row }) => [
            `${document} ${pointer}`.trimEnd(),
            ...values(row),
          ]),
          width,
        )),
    ...(more_inputs ? ['and more inputs differ'] : []),
    ...without_inputs.map((name) => `the documents of ${name} are not stored any more`),
    '',
    ...fittedTable(
      columns('observable'),
      known.map(({ name, values: row }) => [name, ...values(row)]),
      width,
    ),
    '',
    ...pairs.flatMap((pair, n) => pairLines(pair, `#1 and #${String(n + 2)}`)),
  ];
}

const RUNS: readonly FittedColumn[] = [
  { title: '', align: 'left' },
  { title: 'name', align: 'left', shrinksTo: 24 },
  { title: 'run', align: 'left' },
  { title: 'state', align: 'left' },
  { title: 'engine', align: 'left', isOptional: true },
  { title: 'result', align: 'left', isOptional: true },
];

function pairLines(
  { equal, cause, first, unknown }: RunComparison['pairs'][number],
  title: string,
): string[] {
  if (unknown !== null) return [`${title}: not compared: ${unknown}`];
  if (equal || first === null) return [`${title}: the results are the same`];
  return [`${title}: ${firstDifferenceText(first)}`, ...causeTexts(cause, true).map((line) => `  ${line}`)];
}
