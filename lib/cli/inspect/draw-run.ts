import { writeFileSync } from 'node:fs';
import { AetherError, errorCode } from '../../base/errors.js';
import { bytesText } from '../../batch/report/units.js';
import { plotPoints } from '../../inspect/plot/plot-points.js';
import { plotRun } from '../../inspect/plot/plot-run.js';
import type { CommandContext } from '../command-context.js';
import { UsageError } from '../command-error.js';
import type { PlotArguments } from '../commands/plot.js';
import { EXIT, type ExitCode } from '../exit-codes.js';
import { withRuns } from './with-run.js';

/** Draws a run into a file, or to stdout if that is no terminal; as JSON, the points go the same way. */
export function drawRun(
  { run: ref, store, output, json }: PlotArguments,
  { terminal }: CommandContext,
): Promise<ExitCode> {
  if (output === undefined && json !== true && terminal.isPaged) {
    throw new UsageError(
      'a drawing is nothing to read on a terminal',
      'name a file with -o, or redirect stdout',
    );
  }
  return withRuns(store, [ref], async (run) => {
    const text = json === true ? `${JSON.stringify(await plotPoints(run!))}\n` : await plotRun(run!);
    if (output === undefined) terminal.out(text);
    else {
      write(output, text);
      terminal.err(`${output}: ${bytesText(Buffer.byteLength(text))}\n`);
    }
    return EXIT.ok;
  });
}

function write(file: string, text: string): void {
  try {
    writeFileSync(file, text);
  } catch (error) {
    throw new AetherError(
      'OUTPUT_UNWRITABLE',
      `cannot write ${file}: ${errorCode(error) ?? String(error)}`,
      error,
    );
  }
}
