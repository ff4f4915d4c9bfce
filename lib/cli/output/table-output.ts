import { bytesText } from '../../base/quantity.js';
import {
  formatOfFile,
  isBinary,
  TABLE_FORMATS,
  tablePieces,
  type Table,
  type TableFormat,
} from '../../inspect/table/index.js';
import { UsageError } from '../command-error.js';
import type { Progress } from '../store/progress.js';
import type { Terminal } from '../terminal.js';
import { STDOUT, writeOutput, type Output } from './write-output.js';

/** The format that a file has by its name. @throws UsageError */
export function formatOfPath(path: string): TableFormat {
  const named = formatOfFile(path);
  if (named !== undefined) return named;
  throw new UsageError(
    `the extension of ${path} is not that of a format`,
    `add --format, one of ${TABLE_FORMATS.join(', ')}`,
  );
}

/** @throws UsageError for bytes that a terminal cannot show */
export function refuseOnTerminal(format: TableFormat, path: string, { isPaged }: Terminal): void {
  if (!isBinary(format) || path !== STDOUT || !isPaged) return;
  throw new UsageError(`${format} is not shown on a terminal`, 'name a file with -o, or redirect stdout');
}

export interface TableOutput {
  readonly output: Output;
  readonly format: TableFormat;
  /** --escape-formulas. */
  readonly escapes: boolean | undefined;
}

/** Writes a table, and reports the size of a file. */
export async function writeTable(
  table: Table,
  { output, format, escapes }: TableOutput,
  { terminal, progress }: { readonly terminal: Terminal; readonly progress: Progress },
): Promise<void> {
  const bytes = await writeOutput(output, tablePieces(table, format, escapes), terminal);
  progress.done();
  if (output.path !== STDOUT) terminal.err(`${output.path}: ${bytesText(bytes)}\n`);
}
