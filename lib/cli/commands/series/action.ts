import { bytesText, countText } from '../../../base/quantity.js';
import { openSeries } from '../../../inspect/series/open-series.js';
import {
  formatOfFile,
  isBinary,
  TABLE_FORMATS,
  tablePieces,
  type Table,
  type TableFormat,
} from '../../../inspect/table/index.js';
import type { SelectedRuns } from '../../../inspect/selection/index.js';
import type { CommandContext } from '../../command-context.js';
import { UsageError } from '../../command-error.js';
import { EXIT, type ExitCode } from '../../exit-codes.js';
import { openForReading } from '../../open-store.js';
import { refuseTaken, STDOUT, writeOutput, type Output } from '../../output/write-output.js';
import { orRefused, selectedRuns } from '../../selection/selected-runs.js';
import { progressOn } from '../../store/progress.js';
import type { SeriesArguments } from './options.js';

/**
 * Writes the values of the selected runs over ticks. Values that a compact run does not store are derived,
 * with progress.
 *
 * @throws UsageError, NotFound, InvalidDocuments, AetherError STORE_* and REPLAY_MISMATCH
 */
export async function writeSeries(args: SeriesArguments, context: CommandContext): Promise<ExitCode> {
  const { terminal } = context;
  const output: Output = { path: args.output ?? STDOUT, store: args.store, replaces: args.replace === true };
  const format = formatOf(args, output.path);
  if (isBinary(format) && output.path === STDOUT && terminal.isPaged) {
    throw new UsageError(`${format} is not shown on a terminal`, 'name a file with -o, or redirect stdout');
  }
  refuseTaken(output);
  const store = await openForReading(args.store, context);
  const progress = await progressOn(terminal);
  try {
    const runs = await selectedRuns(store, args);
    if (await selectsNothing(runs)) {
      terminal.err('no run is selected\n');
      return EXIT.nothing;
    }
    const table = orRefused(
      await openSeries(runs, queryOf(args), {
        deriving: (run, tick, of) => {
          progress.say(`${run} is computed again: tick ${countText(tick)} of ${countText(of)}`);
        },
      }),
    );
    if (await hasNoTick(table)) {
      terminal.err('no selected run has a tick in this range\n');
      return EXIT.nothing;
    }
    const bytes = await writeOutput(output, tablePieces(table, format, args['escape-formulas']), terminal);
    progress.done();
    if (output.path !== STDOUT) terminal.err(`${output.path}: ${bytesText(bytes)}\n`);
    return EXIT.ok;
  } finally {
    progress.done();
    await store.close();
  }
}

function queryOf({ metric, from, to, every, points, wide, long }: SeriesArguments) {
  const shape = wide === true ? ('wide' as const) : long === true ? ('long' as const) : undefined;
  return {
    metrics: metric ?? [],
    ...(from !== undefined && { from }),
    ...(to !== undefined && { to }),
    ...(every !== undefined && { every }),
    ...(points !== undefined && { points }),
    ...(shape !== undefined && { shape }),
  };
}

/** @throws UsageError */
function formatOf({ format }: SeriesArguments, path: string): TableFormat {
  if (format !== undefined || path === STDOUT) return format ?? 'csv';
  const named = formatOfFile(path);
  if (named !== undefined) return named;
  throw new UsageError(
    `the extension of ${path} is not that of a format`,
    `add --format, one of ${TABLE_FORMATS.join(', ')}`,
  );
}

async function selectsNothing(runs: SelectedRuns): Promise<boolean> {
  for await (const _ of runs) return false;
  return true;
}

async function hasNoTick(table: Table): Promise<boolean> {
  for await (const _ of table.rows()) return false;
  return true;
}
