import type { Json } from '../../../base/canonical-json.js';
import { causeTexts, firstDifferenceText } from '../../../batch/report/comparison-rows.js';
import { fittedTable, type FittedColumn } from '../../../batch/report/fitted-table.js';
import { shortJson } from '../../../golden/index.js';
import { compareRuns, drawOverlay, readOverlay, type RunComparison } from '../../../inspect/compare/index.js';
import { selectRuns, type SelectedRun } from '../../../inspect/selection/index.js';
import type { ArtefactStore } from '../../../store/port.js';
import type { CommandContext } from '../../command-context.js';
import { UsageError } from '../../command-error.js';
import { EXIT, type ExitCode } from '../../exit-codes.js';
import { openForReading, withStore } from '../../open-store.js';
import { openerFor } from '../../output/open-output.js';
import { STDOUT } from '../../output/write-output.js';
import { selectingOptions } from '../../selection/one-run.js';
import { orRefused, selectionOf } from '../../selection/selected-runs.js';
import { drawingPlace, type DrawingPlace } from '../plot/draw-run.js';
import { shortDigest } from '../../inspect/facts.js';
import { paged } from '../../inspect/pager.js';
import type { CompareArguments } from './options.js';

/** Maximum number of compared runs; aether table is for more. */
const MOST_RUNS = 64;

/**
 * Compares runs, and draws them over the same ticks if a file is named.
 *
 * @throws UsageError, NotFound, InvalidDocuments, AetherError STORE_*, OUTPUT_*
 */
export async function showComparison(args: CompareArguments, context: CommandContext): Promise<ExitCode> {
  const { terminal } = context;
  const open = openerFor(args, context);
  const place = overlayPlace(args, context);
  return withStore(openForReading(args.store, context), async (store) => {
    const rows = await rowsOf(store, args);
    if (rows.length < 2)
      throw new UsageError('compare needs at least two runs', `selected: ${rows[0]?.name ?? 'none'}`);
    if (rows.length > MOST_RUNS) {
      throw new UsageError(
        `compare must be given at most ${String(MOST_RUNS)} runs, got ${String(rows.length)}`,
        'to list many runs, use aether table',
      );
    }
    const overlay = place && orRefused(await readOverlay(store, rows, args.metric));
    const comparison = await compareRuns(store, rows);
    if (args.json === true) terminal.out(`${JSON.stringify(comparison)}\n`);
    else {
      const lines = comparisonLines(comparison, terminal.outWidth());
      await paged(context, async (line) => {
        for (const text of lines) await line(text);
      });
    }
    if (place !== undefined) {
      const parts = comparison.pairs.map(({ first }) => first?.tick ?? null);
      await place.write(drawOverlay(overlay!, [null, ...parts]));
      await open(args.output!);
    }
    return EXIT.ok;
  });
}

/** Undefined if no file is named. @throws UsageError */
function overlayPlace(
  { output, metric, store }: CompareArguments,
  context: CommandContext,
): DrawingPlace | undefined {
  if (output === STDOUT) {
    throw new UsageError(
      'the drawing of a comparison is not written to standard output',
      'name a file with -o',
    );
  }
  if (output === undefined && metric !== undefined) {
    throw new UsageError('--metric selects the panels of a drawing and needs -o', 'name a file with -o');
  }
  return output === undefined ? undefined : drawingPlace({ output, store, isText: false }, context);
}

/**
 * The runs in the order of the arguments, without duplicates; runs of a glob, or of options alone, by name.
 */
async function rowsOf(store: ArtefactStore, args: CompareArguments): Promise<readonly SelectedRun[]> {
  const { selector = [] } = args;
  if (selector.length === 0 && selectingOptions(args).length === 0) {
    throw new UsageError('name the runs to compare, or select them', 'for example: aether compare <a> <b>');
  }
  const selection = await selectionOf(args);
  const rows = new Map<string, SelectedRun>();
  for (const word of selector.length === 0 ? [undefined] : selector) {
    const selectors = word === undefined ? [] : [word];
    const selected = orRefused(await selectRuns(store, { ...selection, selectors }));
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
    ...without_inputs.map((name) => `the documents of ${name} are no longer stored`),
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
