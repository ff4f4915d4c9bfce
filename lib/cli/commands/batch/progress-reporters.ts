import { join } from 'node:path';
import { AetherError } from '../../../base/errors.js';
import type { GrowingFile } from '../../../base/ports.js';
import type { BatchEvent } from '../../../batch/batch-event.js';
import { DotReporter } from '../../../batch/report/dot-reporter.js';
import { stoppingLine } from '../../../batch/report/failure-lines.js';
import { JsonReporter } from '../../../batch/report/json-reporter.js';
import { LiveReporter } from '../../../batch/report/live-reporter.js';
import { PlainReporter } from '../../../batch/report/plain-reporter.js';
import type { Reporter, ReportSurroundings } from '../../../batch/report/reporter.js';
import { verdictLines } from '../../../batch/report/verdict-lines.js';
import { SummaryReport } from '../../../batch/report/summary-report.js';
import type { SupervisedRun } from '../../../execution/supervised-run.js';
import {
  PROGRESS_REPORTERS,
  type ProgressReporterName,
  type ReporterName,
} from '../../../config/reporter-names.js';
import { systemClock } from '../../../platform/clock.js';
import { nodeGrowingFiles } from '../../../platform/growing-files.js';
import type { CommandContext } from '../../command-context.js';
import type { BatchArguments } from './options.js';
import { notWritten } from '../../not-written.js';
import { EVENTS_FILE, isDocumentOut } from '../../batch/report-outputs.js';
import { liveArea } from '../../live-area.js';
import type { Terminal } from '../../terminal.js';

/** Displays a batch while it runs. */
export interface BatchReporters extends Reporter {
  /** The error of a reporter that failed; the batch continued without it. */
  readonly failure: AetherError | undefined;
}

/** The reporters of a command line, and the summary at the end. */
export async function batchReporters(
  args: BatchArguments,
  context: CommandContext,
  running: () => Iterable<SupervisedRun>,
): Promise<BatchReporters> {
  const dots = new DotReporter(context.terminal);
  const terminal = besideDots(context.terminal, dots);
  const around: ReportSurroundings = { ...terminal, clock: systemClock, running, store: args.store };
  const names = new Set(args.reporter ?? (['line'] as const));
  const shown = [...names].filter(isProgress);
  const reporterContext: ReporterContext = {
    around,
    dots,
    terminal,
    events: args.output === undefined ? undefined : join(args.output, EVENTS_FILE),
    // A redrawn area must not be mixed with other output.
    isLive: terminal.isLive && !names.has('dot'),
  };
  const reporters = new Set<Reporter>();
  for (const name of shown.length === 0 ? (['line'] as const) : shown) {
    reporters.add(await reporterFor(name, reporterContext));
  }
  const summary = new SummaryReport();
  const made: { failure?: AetherError } = {};
  const tell = (reporter: Reporter, event: BatchEvent): void => {
    try {
      reporter.onEvent(event);
    } catch (error) {
      if (!(error instanceof AetherError)) throw error;
      reporters.delete(reporter);
      reporter.close();
      made.failure ??= error;
      terminal.err(`${error.message}; the batch continues without it\n`);
    }
  };
  return {
    onEvent: (event) => {
      for (const reporter of reporters) tell(reporter, event);
      if (event.type === 'stopping' && !names.has('line')) terminal.err(`${stoppingLine(event)}\n`);
      if (event.type === 'store_error') {
        terminal.err(`${event.code}: ${event.message}; this batch is not recorded\n`);
      }
      if (event.type === 'run_end') summary.add(event.outcome);
      if (event.type === 'batch_end') showSummary(summary, event, args, terminal);
    },
    close: () => {
      for (const reporter of reporters) reporter.close();
    },
    get failure() {
      return made.failure;
    },
  };
}

/** A terminal that ends an open row of dots before each line. */
function besideDots(terminal: Terminal, dots: DotReporter): Terminal {
  const err = (text: string): void => {
    dots.endRow();
    terminal.err(text);
  };
  return { ...terminal, err };
}

function showSummary(
  summary: SummaryReport,
  event: Extract<BatchEvent, { type: 'batch_end' }>,
  args: BatchArguments,
  { out, err, ...terminal }: Terminal,
): void {
  const isJsonOut = isDocumentOut(args);
  const look = isJsonOut
    ? { colors: terminal.errColors, width: terminal.errWidth() }
    : { colors: terminal.outColors, width: terminal.outWidth() };
  const lines = [
    summary.render(event.summary, args.store, look),
    ...verdictLines(event.verdict, look.colors),
  ];
  (isJsonOut ? err : out)(`${lines.join('\n')}\n`);
}

interface ReporterContext {
  readonly around: ReportSurroundings;
  readonly dots: DotReporter;
  readonly terminal: Terminal;
  /** File of the events; stdout if absent. */
  readonly events: string | undefined;
  /** True if lines may be redrawn. */
  readonly isLive: boolean;
}

async function reporterFor(
  name: ProgressReporterName,
  { around, dots, terminal, events, isLive }: ReporterContext,
): Promise<Reporter> {
  switch (name) {
    case 'json':
      return events === undefined ? new JsonReporter(around) : jsonInto(events, around);
    case 'dot':
      return dots;
    case 'line':
      return isLive ? new LiveReporter(around, await liveArea(terminal)) : new PlainReporter(around);
  }
}

function jsonInto(path: string, around: ReportSurroundings): Reporter {
  let file: GrowingFile | undefined;
  const out = (text: string): void => {
    orNotWritten(path, () => {
      // Created with its first line: an empty file would not be recognised as ours.
      file ??= nodeGrowingFiles.open(path, 'new');
      file.append(text);
    });
  };
  const { onEvent } = new JsonReporter({ ...around, out });
  return {
    onEvent,
    close: () => {
      file?.close();
    },
  };
}

function orNotWritten<T>(path: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw notWritten(path, error);
  }
}

function isProgress(name: ReporterName): name is ProgressReporterName {
  return (PROGRESS_REPORTERS as readonly ReporterName[]).includes(name);
}
