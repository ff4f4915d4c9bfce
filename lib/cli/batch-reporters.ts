import type { BatchEvent } from '../batch/batch-event.js';
import { DotReporter } from '../batch/report/dot-reporter.js';
import { stoppingLine } from '../batch/report/failure-lines.js';
import { JsonReporter } from '../batch/report/json-reporter.js';
import { LiveReporter } from '../batch/report/live-reporter.js';
import { PlainReporter } from '../batch/report/plain-reporter.js';
import type { Reporter, ReportSurroundings } from '../batch/report/reporter.js';
import { SummaryReport } from '../batch/report/summary-report.js';
import type { RunningRun } from '../batch/running-run.js';
import { systemClock } from '../platform/clock.js';
import type { CommandContext } from './command-context.js';
import type { BatchArguments, ReporterName } from './commands/batch.js';
import type { Watcher } from './execute-plan.js';
import { liveArea } from './live-area.js';
import type { Terminal } from './terminal.js';

/** The reporters a command line asks for, and the summary that every person gets at the end. */
export async function batchReporters(
  args: BatchArguments,
  { terminal }: CommandContext,
  running: () => Iterable<RunningRun>,
): Promise<Watcher> {
  const around: ReportSurroundings = { ...terminal, clock: systemClock, running, store: args.store };
  const names = args.reporter ?? (['line'] as const);
  const isJsonOut = args.json === true || names.includes('json');
  const reporters: Reporter[] = [];
  for (const name of new Set(names)) reporters.push(await reporterFor(name, around, terminal));
  const summary = new SummaryReport();
  const onEvent = (event: BatchEvent): void => {
    for (const reporter of reporters) reporter.onEvent(event);
    if (event.type === 'stopping' && !names.includes('line')) terminal.err(`${stoppingLine(event)}\n`);
    if (event.type === 'run_end') summary.add(event.outcome);
    if (event.type !== 'batch_end') return;
    const colors = isJsonOut ? terminal.errColors : terminal.outColors;
    const text = `${summary.render(event.summary, args.store, colors)}\n`;
    if (isJsonOut) terminal.err(text);
    else terminal.out(text);
  };
  return {
    onEvent,
    close: () =>
      reporters.forEach((reporter) => {
        reporter.close();
      }),
  };
}

async function reporterFor(
  name: ReporterName,
  around: ReportSurroundings,
  terminal: Terminal,
): Promise<Reporter> {
  switch (name) {
    case 'json':
      return new JsonReporter(around);
    case 'dot':
      return new DotReporter(around);
    case 'line':
      return terminal.isLive ? new LiveReporter(around, await liveArea(terminal)) : new PlainReporter(around);
  }
}
