import { bytesText, plural } from '../../../base/quantity.js';
import {
  formatOfFile,
  isBinary,
  openTable,
  TABLE_FORMATS,
  tablePieces,
  type Table,
  type TableFormat,
} from '../../../inspect/table/index.js';
import type { CommandContext } from '../../command-context.js';
import { UsageError } from '../../command-error.js';
import { EXIT, type ExitCode } from '../../exit-codes.js';
import { paged } from '../../inspect/pager.js';
import { openForReading } from '../../open-store.js';
import { refuseTaken, STDOUT, writeOutput, type Output } from '../../output/write-output.js';
import { orRefused, selectedRuns } from '../../selection/selected-runs.js';
import { progressOn } from '../../store/progress.js';
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
  if (format !== 'table' && isBinary(format) && output.path === STDOUT && context.terminal.isPaged) {
    throw new UsageError(`${format} is not shown on a terminal`, 'name a file with -o, or redirect stdout');
  }
  refuseTaken(output);
  const store = await openForReading(args.store, context);
  const progress = await progressOn(context.terminal);
  try {
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
    const isEmpty = await hasNoRow(table);
    if (isEmpty) context.terminal.err('no run is selected\n');
    if (format === 'table') {
      if (!isEmpty) await showFitted(table, args, context);
    } else if (!isEmpty || output.path === STDOUT) {
      const bytes = await writeOutput(
        output,
        tablePieces(table, format, args['escape-formulas']),
        context.terminal,
      );
      progress.done();
      if (output.path !== STDOUT) context.terminal.err(`${output.path}: ${bytesText(bytes)}\n`);
    }
    return isEmpty ? EXIT.nothing : EXIT.ok;
  } finally {
    progress.done();
    await store.close();
  }
}

/** @throws UsageError */
function formatOf({ format, output }: TableArguments, path: string): TableFormat | 'table' {
  const isFile = output !== undefined && path !== STDOUT;
  if (format === 'table' && isFile) {
    throw new UsageError('--format table is only written to standard output', 'choose another format for -o');
  }
  if (format !== undefined || !isFile) return format ?? 'table';
  const named = formatOfFile(path);
  if (named !== undefined) return named;
  throw new UsageError(
    `the extension of ${path} is not that of a format`,
    `add --format, one of ${TABLE_FORMATS.join(', ')}`,
  );
}

async function hasNoRow(table: Table): Promise<boolean> {
  for await (const _ of table.rows()) return false;
  return true;
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
