import { closeSync, openSync, writeSync } from 'node:fs';
import type { LogDestination } from '../../batch/execute/run-execution.js';
import type { LoggingConfig } from '../../engine/inputs.js';

/**
 * Which stream a log with destination stdout goes to: stderr where stdout carries a document that it would
 * break.
 */
export type LogStream = 'stdout' | 'stderr';

/**
 * Opens where a run's log goes besides its artefact. A log that cannot be written never changes a run: a file
 * that fails is told on stderr, and the artefact still has every line.
 */
export function logsTo(stream: LogStream): (logging: LoggingConfig, runId: string) => LogDestination | null {
  return ({ destination, file_path }, runId) => {
    if (destination === 'stdout') {
      return { write: (line) => void process[stream].write(line), close: () => undefined };
    }
    return destination === 'file' && file_path !== null ? openFile(file_path, runId) : null;
  };
}

/** Lines are appended whole, so that several runs may share a file. */
function openFile(path: string, runId: string): LogDestination | null {
  let file: number | undefined;
  const giveUp = (error: unknown): void => {
    const cause = error instanceof Error ? error.message : path;
    process.stderr.write(`the log of run ${runId} is whole only in its artefact: ${cause}\n`);
    file = undefined;
  };
  const attempt = (work: () => void): void => {
    try {
      work();
    } catch (error) {
      giveUp(error);
    }
  };
  attempt(() => (file = openSync(path, 'a')));
  return {
    write: (line) => {
      const open = file;
      if (open !== undefined) attempt(() => writeSync(open, line));
    },
    close: () => {
      const open = file;
      if (open !== undefined) attempt(() => closeSync(open));
    },
  };
}
