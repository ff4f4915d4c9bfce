import picocolors from 'picocolors';
import type { Colors } from 'picocolors/types.js';
import type { AetherError } from '../base/errors.js';
import { notWritten } from './not-written.js';

/** The two sides a command writes to, and how wide and colourful they are. */
export interface Terminal {
  /** Results. */
  readonly out: (text: string) => void;
  /** Results as bytes, at the pace of whoever reads them; false once nobody does any more. */
  readonly write: (bytes: Uint8Array) => Promise<boolean>;
  /** Everything else. */
  readonly err: (text: string) => void;
  readonly outColors: Colors;
  readonly errColors: Colors;
  /** True when a person watches stderr, so that it may be redrawn. */
  readonly isLive: boolean;
  /** True when a person reads the results, so that long ones are paged. */
  readonly isPaged: boolean;
  readonly columns: () => number;
  /** Why one of the two sides took no more of what was written, if it was not that its reader went away. */
  readonly broken: () => AetherError | undefined;
  /** Columns that results may take; null when they go to no terminal. */
  readonly outWidth: () => number | null;
  /** The same for `err`. */
  readonly errWidth: () => number | null;
}

/** Colour only for people: on a terminal, unless NO_COLOR or TERM=dumb says otherwise; FORCE_COLOR insists. */
export function wantsColor(isTerminal: boolean, env: NodeJS.ProcessEnv): boolean {
  if ((env['NO_COLOR'] ?? '') !== '') return false;
  const force = env['FORCE_COLOR'];
  if (force !== undefined) return force !== '0' && force !== 'false';
  return Boolean(isTerminal) && env['TERM'] !== 'dumb';
}

/**
 * The process's own streams. A reader that went away is no error: what it would have read is dropped, and the
 * work goes on. It also goes on when a stream breaks, as when it leads into a file on a full disk; that is told at the end.
 */
export function processTerminal(): Terminal {
  const { stdout, stderr, env } = process;
  let broken: AetherError | undefined;
  for (const [name, stream] of Object.entries({ 'standard output': stdout, 'standard error': stderr })) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE') broken ??= notWritten(name, error);
    });
  }
  return {
    out: (text) => void stdout.write(text),
    write: (bytes) =>
      new Promise((resolve) => {
        stdout.write(bytes, (error) => {
          resolve(!error);
        });
      }),
    err: (text) => void stderr.write(text),
    outColors: picocolors.createColors(wantsColor(stdout.isTTY, env)),
    errColors: picocolors.createColors(wantsColor(stderr.isTTY, env)),
    isLive: stderr.isTTY && env['TERM'] !== 'dumb' && (env['CI'] ?? '') === '',
    isPaged: stdout.isTTY && env['TERM'] !== 'dumb',
    columns: () => stderr.columns || 80,
    broken: () => broken,
    outWidth: () => (stdout.isTTY ? stdout.columns || 80 : null),
    errWidth: () => (stderr.isTTY ? stderr.columns || 80 : null),
  };
}
