import { resolve } from 'node:path';
import { forPeople, inLine } from '../../base/printable.js';
import type { LogDestination } from '../../execution/run-execution.js';
import type { LoggingConfig } from '../../engine/inputs.js';
import { appendBelow, type AppendedFile } from '../../platform/append-below.js';
import { logsDirectory } from '../../store/layout.js';

/**
 * Where logs go besides their artefacts. Plain data: it crosses threads.
 */
export interface LogPlaces {
  /** Takes the logs with destination stdout: stderr where stdout carries a document that they would break. */
  readonly stream: 'stdout' | 'stderr';
  /** Directory that log files are written to, absolute. */
  readonly directory: string;
}

/** The places of logs for a store. */
export function logPlaces(stream: LogPlaces['stream'], store: string): LogPlaces {
  return { stream, directory: logsDirectory(resolve(store)) };
}

/**
 * Opens where a run's log goes besides its artefact. A log that cannot be written never changes a run: a file
 * that fails is told on stderr, and the artefact still has every line.
 */
export function logsTo(places: LogPlaces): (logging: LoggingConfig, runId: string) => LogDestination | null {
  return ({ destination, file_path }, runId) => {
    if (destination === 'stdout') {
      // The same JSON, without what a build service would take for a command.
      return {
        write: (line) => void process[places.stream].write(forPeople(line, false)),
        close: () => undefined,
      };
    }
    if (destination !== 'file' || file_path === null) return null;
    return openFile({ directory: places.directory, path: file_path }, runId);
  };
}

/** Lines are appended whole, so that several runs may share a file. */
function openFile(
  { directory, path }: { readonly directory: string; readonly path: string },
  runId: string,
): LogDestination {
  let file: AppendedFile | undefined;
  const attempt = (work: () => void): void => {
    try {
      work();
    } catch (error) {
      const cause = error instanceof Error ? error.message : path;
      process.stderr.write(
        `the log file of run ${runId} is incomplete, its artefact is complete: ${inLine(cause)}\n`,
      );
      file = undefined;
    }
  };
  attempt(() => (file = appendBelow(directory, path)));
  return {
    write: (line) => {
      attempt(() => file?.append(line));
    },
    close: () => {
      attempt(() => file?.close());
    },
  };
}
