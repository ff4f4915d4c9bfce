import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { BatchEvent } from '../../batch/batch-event.js';
import { DotReporter } from '../../batch/report/dot-reporter.js';
import { stoppingLine } from '../../batch/report/failure-lines.js';
import { JsonReporter } from '../../batch/report/json-reporter.js';
import { LiveReporter } from '../../batch/report/live-reporter.js';
import { PlainReporter } from '../../batch/report/plain-reporter.js';
import type { Reporter, ReportSurroundings } from '../../batch/report/reporter.js';
import { SummaryReport } from '../../batch/report/summary-report.js';
import type { RunningRun } from '../../batch/execute/running-run.js';
import type { GrowingFile } from '../../base/ports.js';
import { systemClock } from '../../platform/clock.js';
import { nodeGrowingFiles } from '../../platform/growing-files.js';
import type { CommandContext } from '../command-context.js';
import type { BatchArguments } from '../commands/batch.js';
import {
  isDocumentOut,
  PROGRESS_REPORTERS,
  type ProgressReporterName,
  type ReporterName,
} from './report-outputs.js';
import type { Watcher } from './execute-plan.js';
import { liveArea } from '../live-area.js';
import type { Terminal } from '../terminal.js';

/** The reporters a command line asks for, and the summary that every person gets at the end. */
export async function batchReporters(
  args: BatchArguments,
  { terminal }: CommandContext,
  running: () => Iterable<RunningRun>,
): Promise<Watcher> {
  const around: ReportSurroundings = { ...terminal, clock: systemClock, running, store: args.store };
  const names = args.reporter ?? (['line'] as const);
  const isJsonOut = isDocumentOut(args);
  const reporters: Reporter[] = [];
  const events = args.output === undefined ? undefined : eventFile(args.output);
  const shown = names.filter(isProgress);
  for (const name of new Set(shown.length === 0 ? (['line'] as const) : shown)) {
    reporters.push(await reporterFor(name, { around, terminal, events }));
  }
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

interface Desk {
  readonly around: ReportSurroundings;
  readonly terminal: Terminal;
  /** Where events go; stdout when absent. */
  readonly events: EventFile | undefined;
}

async function reporterFor(
  name: ProgressReporterName,
  { around, terminal, events }: Desk,
): Promise<Reporter> {
  switch (name) {
    case 'json':
      return events === undefined ? new JsonReporter(around) : jsonInto(events(), around);
    case 'dot':
      return new DotReporter(around);
    case 'line':
      return terminal.isLive ? new LiveReporter(around, await liveArea(terminal)) : new PlainReporter(around);
  }
}

type EventFile = () => GrowingFile;

/** Events of this call only: a file of an earlier one goes. */
function eventFile(directory: string): EventFile {
  return () => {
    const path = join(directory, 'events.jsonl');
    rmSync(path, { force: true });
    return nodeGrowingFiles.open(path);
  };
}

function jsonInto(file: GrowingFile, around: ReportSurroundings): Reporter {
  const out = (text: string): void => {
    file.append(text);
  };
  const { onEvent } = new JsonReporter({ ...around, out });
  return {
    onEvent,
    close: () => {
      file.close();
    },
  };
}

function isProgress(name: ReporterName): name is ProgressReporterName {
  return (PROGRESS_REPORTERS as readonly ReporterName[]).includes(name);
}
