import { isEmpty } from '../../../base/is-empty.js';
import { plural } from '../../../base/quantity.js';
import { openTable, type Table, type TableFormat } from '../../../inspect/table/index.js';
import type { CommandContext } from '../../command-context.js';
import { UsageError } from '../../command-error.js';
import { EXIT, type ExitCode } from '../../exit-codes.js';
import { paged } from '../../inspect/pager.js';
import { openForReading } from '../../open-store.js';
import { formatOfPath, refuseOnTerminal, writeTable } from '../../output/table-output.js';
import { refuseTaken, STDOUT, type Output } from '../../output/write-output.js';
import { orRefused, selectedRuns } from '../../selection/selected-runs.js';
import { withProgress } from '../../store/progress.js';
import { fittedRuns } from './fitted-runs.js';
import type { TableArguments } from './options.js';

/**
 * Shows the selected runs as a table, or writes them in a data format.
 *
 * @throws UsageError, NotFound, InvalidDocuments, AetherError STORE_*
 */
export async function showTable(args: TableArguments, context: CommandContext): Promise<ExitCode> {
  const output: Output = {
    path: args.output ?? STDOUT,
    store: args.store,
    replaces: args.replace === true,
  };
  const format = formatOf(args, output.path);
  if (format !== 'table') refuseOnTerminal(format, output.path, context.terminal);
  refuseTaken(output);
  return withProgress(openForReading(args.store, context), context, async (store, progress) => {
    const hooks = {
      deriving: (name: string) => {
        progress.say(`observables of ${name}`);
      },
    };
    const runs = await selectedRuns(store, args, hooks);
    const table = orRefused(
      await openTable(runs, {
        ...(args.columns !== undefined && { columns: args.columns }),
        ...(args.sort !== undefined && { sort: args.sort }),
        ...(args['group-by'] !== undefined && { group_by: args['group-by'] }),
        ...(args.agg !== undefined && args.agg.length > 0 && { agg: args.agg }),
        ...(args.offset !== undefined && { offset: args.offset }),
        ...(args.limit !== undefined && { limit: args.limit }),
      }),
    );
    const hasRows = !(await isEmpty(table.rows()));
    if (!hasRows) context.terminal.err('no run is selected\n');
    if (format === 'table') {
      if (hasRows) await showFitted(table, args, context);
    } else if (hasRows || output.path === STDOUT) {
      const how = { output, format, escapes: args['escape-formulas'] };
      await writeTable(table, how, { terminal: context.terminal, progress });
    }
    return hasRows ? EXIT.ok : EXIT.nothing;
  });
}

/** @throws UsageError */
function formatOf({ format, output }: TableArguments, path: string): TableFormat | 'table' {
  const isFile = output !== undefined && path !== STDOUT;
  if (format === 'table' && isFile) {
    throw new UsageError('--format table is only written to standard output', 'choose another format for -o');
  }
  return format ?? (isFile ? formatOfPath(path) : 'table');
}

async function showFitted(table: Table, args: TableArguments, context: CommandContext): Promise<void> {
  const { terminal } = context;
  const { lines, dropped } = await fittedRuns(table, terminal.outWidth(), args.columns === undefined);
  await paged(context, async (write) => {
    for await (const line of lines) if (!(await write(line))) return;
  });
  if (dropped.length > 0) {
    terminal.err(
      `${plural(dropped.length, 'column')} not shown, the terminal is too narrow: ${dropped.join(', ')}; choose with --columns\n`,
    );
  }
}
