import type { Json } from '../../../base/canonical-json.js';
import type { RunView } from '../../../inspect/run-view.js';
import type { CommandContext } from '../../command-context.js';
import { EXIT, type ExitCode } from '../../exit-codes.js';
import { paged } from '../../inspect/pager.js';
import { showAeon } from './show-aeon.js';
import { showEnvelopes } from './show-envelopes.js';
import { showSummary } from './show-summary.js';
import { showTick } from './show-tick.js';
import { showWindow } from './show-window.js';
import { withRuns } from '../../inspect/with-run.js';
import type { Shown } from './shown.js';
import type { InspectArguments } from './options.js';

/** Shows a run, or the selected part of it. */
export function inspectRun(args: InspectArguments, context: CommandContext): Promise<ExitCode> {
  return withRuns(args.store, [args.run], async (run) => {
    const shown = await partOf(run!, args, context);
    if (args.json === true) context.terminal.out(`${JSON.stringify(shown.json as Json)}\n`);
    else await paged(context, async (line) => void (await everyLine(shown.lines, line)));
    return EXIT.ok;
  });
}

function partOf(run: RunView, args: InspectArguments, { terminal }: CommandContext): Promise<Shown> {
  const { tick, window, layer, aeon } = args;
  const page = { colors: terminal.outColors, width: terminal.outWidth() };
  if (window !== undefined) return showWindow(run, window, page);
  if (aeon === true) return showAeon(run, tick, page);
  if (layer !== undefined) {
    return showEnvelopes(run, { layer, ...(tick === undefined ? {} : { tick }) }, page);
  }
  return tick === undefined ? showSummary(run, page) : showTick(run, tick, page);
}

async function everyLine(lines: readonly string[], write: (line: string) => Promise<boolean>): Promise<void> {
  for (const line of lines) if (!(await write(line))) return;
}
