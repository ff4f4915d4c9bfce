import { resolve } from 'node:path';
import { forPeople, inLine } from '../../base/printable.js';
import type { RunId } from '../../base/run-id.js';
import type { LogDestination } from '../../execution/run-execution.js';
import type { LoggingConfig } from '../../engine/inputs.js';
import { appendBelow, type AppendedFile } from '../../platform/append-below.js';
import { logsDirectory } from '../../store/layout.js';

/** Destinations of logs besides their artefacts. Plain data: it is sent to threads. */
export interface LogPlaces {
  /**
   * Receives the logs with destination stdout: stderr if stdout carries a document that they would corrupt.
   */
  readonly stream: 'stdout' | 'stderr';
  /** Directory of log files, absolute. */
  readonly directory: string;
}

/** The destinations of logs for a store. */
export function logPlaces(stream: LogPlaces['stream'], store: string): LogPlaces {
  return { stream, directory: logsDirectory(resolve(store)) };
}

/**
 * Opens the destination of the log of a run besides its artefact. A log that cannot be written never changes
 * a run: a failing file is reported on stderr, and the artefact still has every line.
 */
export function logsTo(places: LogPlaces): (logging: LoggingConfig, run: RunId) => LogDestination | null {
  return ({ destination, file_path }, run) => {
    if (destination === 'stdout') {
      // The same JSON, with commands of build services escaped.
      return {
        write: (line) => void process[places.stream].write(forPeople(line, false)),
        close: () => undefined,
      };
    }
    if (destination !== 'file' || file_path === null) return null;
    return openFile({ directory: places.directory, path: file_path }, run);
  };
}

/** Lines are appended whole, so that several runs may share a file. */
function openFile(
  { directory, path }: { readonly directory: string; readonly path: string },
  run: RunId,
): LogDestination {
  let file: AppendedFile | undefined;
  const attempt = (work: () => void): void => {
    try {
      work();
    } catch (error) {
      const cause = error instanceof Error ? error.message : path;
      process.stderr.write(
        `the log file of run ${run} is incomplete, its artefact is complete: ${inLine(cause)}\n`,
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
