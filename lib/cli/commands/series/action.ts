import { isEmpty } from '../../../base/is-empty.js';
import { countText } from '../../../base/quantity.js';
import { openSeries } from '../../../inspect/series/open-series.js';
import type { TableFormat } from '../../../inspect/table/index.js';
import type { CommandContext } from '../../command-context.js';
import { EXIT, type ExitCode } from '../../exit-codes.js';
import { openForReading } from '../../open-store.js';
import { formatOfPath, refuseOnTerminal, writeTable } from '../../output/table-output.js';
import { refuseTaken, STDOUT, type Output } from '../../output/write-output.js';
import { orRefused, selectedRuns } from '../../selection/selected-runs.js';
import { withProgress } from '../../store/progress.js';
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
  refuseOnTerminal(format, output.path, terminal);
  refuseTaken(output);
  return withProgress(openForReading(args.store, context), { terminal }, async (store, progress) => {
    const runs = await selectedRuns(store, args);
    if (await isEmpty(runs)) {
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
    if (await isEmpty(table.rows())) {
      terminal.err('no selected run has a tick in this range\n');
      return EXIT.nothing;
    }
    await writeTable(table, { output, format, escapes: args['escape-formulas'] }, { terminal, progress });
    return EXIT.ok;
  });
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
  return format ?? (path === STDOUT ? 'csv' : formatOfPath(path));
}
