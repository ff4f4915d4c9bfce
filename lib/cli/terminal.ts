import picocolors from 'picocolors';
import type { Colors } from 'picocolors/types.js';
import type { AetherError } from '../base/errors.js';
import { forPeople } from '../base/printable.js';
import { isInForeground } from '../platform/foreground.js';
import { isCI } from './is-ci.js';
import { notWritten } from './not-written.js';

/** The two sides a command writes to, and how wide and colourful they are. */
export interface Terminal {
  /** Results for people: what a terminal or a build service would act on is escaped. JSON keeps its meaning. */
  readonly out: (text: string) => void;
  /** Results for programs, exactly as they are. */
  readonly data: (text: string) => void;
  /** Results as bytes, at the pace of whoever reads them; false once nobody does any more. */
  readonly write: (bytes: Uint8Array) => Promise<boolean>;
  /** Everything else, for people; long lines are cut. */
  readonly err: (text: string) => void;
  /** Lines for a program that reads stderr, exactly as they are. */
  readonly errData: (text: string) => void;
  readonly outColors: Colors;
  readonly errColors: Colors;
  /** True when a person watches stderr, so that it may be redrawn. */
  readonly isLive: boolean;
  /** True when a person reads the results, so that long ones are paged. */
  readonly isPaged: boolean;
  readonly columns: () => number;
  readonly rows: () => number;
  /** Why one of the two sides took no more of what was written, if it was not that its reader went away. */
  readonly broken: () => AetherError | undefined;
  /** Columns that results may take; null when they go to no terminal, and COLUMNS does not say. */
  readonly outWidth: () => number | null;
  /** The same for `err`. */
  readonly errWidth: () => number | null;
}

/** Size of a terminal that does not know its own. */
const USUAL_COLUMNS = 80;
const USUAL_ROWS = 24;
/** Characters of one line on stderr: no message is longer, whatever it quotes. */
const LONGEST_LINE = 2000;

/** Columns of a stream: as COLUMNS says, else as its terminal; null where there is none. */
function widthOf(stream: NodeJS.WriteStream, env: NodeJS.ProcessEnv): number | null {
  const said = /^[0-9]{1,5}$/.test(env['COLUMNS'] ?? '') ? sized(Number(env['COLUMNS'])) : undefined;
  if (said !== undefined) return said;
  return stream.isTTY ? (sized(stream.columns) ?? USUAL_COLUMNS) : null;
}

/** A terminal without a size, as of `script` or `docker run -t`, says 0. */
function sized(count: number | undefined): number | undefined {
  return count === undefined || count < 1 ? undefined : count;
}

/** Colour only for people: on a terminal, unless NO_COLOR or TERM=dumb says otherwise; FORCE_COLOR insists. */
function wantsColor(isTerminal: boolean, env: NodeJS.ProcessEnv): boolean {
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
      // A terminal that was hung up answers EIO.
      if (error.code !== 'EPIPE' && !(error.code === 'EIO' && stream.isTTY))
        broken ??= notWritten(name, error);
    });
  }
  const outColored = wantsColor(stdout.isTTY, env);
  const errColored = wantsColor(stderr.isTTY, env);
  return {
    out: (text) => void stdout.write(forPeople(text, outColored)),
    data: (text) => void stdout.write(text),
    write: (bytes) =>
      new Promise((resolve) => {
        stdout.write(bytes, (error) => {
          resolve(!error);
        });
      }),
    err: (text) => void stderr.write(forPeople(text, errColored, LONGEST_LINE)),
    errData: (text) => void stderr.write(text),
    outColors: picocolors.createColors(outColored),
    errColors: picocolors.createColors(errColored),
    isLive: stderr.isTTY && env['TERM'] !== 'dumb' && !isCI(env) && isInForeground(),
    isPaged: stdout.isTTY && env['TERM'] !== 'dumb',
    columns: () => widthOf(stderr, env) ?? USUAL_COLUMNS,
    rows: () => sized(stderr.rows) ?? USUAL_ROWS,
    broken: () => broken,
    outWidth: () => widthOf(stdout, env),
    errWidth: () => widthOf(stderr, env),
  };
}
