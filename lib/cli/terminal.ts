import picocolors from 'picocolors';
import type { Colors } from 'picocolors/types.js';

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
 * work goes on.
 */
export function processTerminal(): Terminal {
  const { stdout, stderr, env } = process;
  for (const stream of [stdout, stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE') throw error;
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
  };
}
