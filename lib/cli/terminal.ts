import picocolors from 'picocolors';
import type { Colors } from 'picocolors/types.js';
import type { AetherError } from '../base/errors.js';
import { forPeople } from '../base/printable.js';
import { isInForeground } from '../platform/foreground.js';
import { isCI } from './is-ci.js';
import { notWritten } from './not-written.js';

/** The output streams of a command, with their width and colours. */
export interface Terminal {
  /**
   * Results as text: control characters and commands of build services are escaped. JSON keeps its meaning.
   */
  readonly out: (text: string) => void;
  /** Results for programs, unchanged. */
  readonly data: (text: string) => void;
  /** Results as bytes, at the speed of the reader; false once the reader has gone. */
  readonly write: (bytes: Uint8Array) => Promise<boolean>;
  /** Everything else, as text; long lines are cut. */
  readonly err: (text: string) => void;
  /** Lines for a program that reads stderr, unchanged. */
  readonly errData: (text: string) => void;
  readonly outColors: Colors;
  readonly errColors: Colors;
  /** True if stderr is a terminal that may be redrawn. */
  readonly isLive: boolean;
  /** True if results go to a terminal, so that long ones are paged. */
  readonly isPaged: boolean;
  readonly columns: () => number;
  readonly rows: () => number;
  /** Why one of the streams failed, except because its reader has gone. */
  readonly broken: () => AetherError | undefined;
  /** Width of results; null if they do not go to a terminal, and COLUMNS is not set. */
  readonly outWidth: () => number | null;
  /** The same for `err`. */
  readonly errWidth: () => number | null;
}

/** Assumed width of a terminal of unknown size. */
const USUAL_COLUMNS = 80;
const USUAL_ROWS = 24;
/** Maximum length of a line on stderr. */
const LONGEST_LINE = 2000;

/** Width of a stream: from COLUMNS, otherwise from its terminal; null if there is none. */
function widthOf(stream: NodeJS.WriteStream, env: NodeJS.ProcessEnv): number | null {
  const said = /^[0-9]{1,5}$/.test(env['COLUMNS'] ?? '') ? sized(Number(env['COLUMNS'])) : undefined;
  if (said !== undefined) return said;
  return stream.isTTY ? (sized(stream.columns) ?? USUAL_COLUMNS) : null;
}

/** A terminal of unknown size, as under `script` or `docker run -t`, reports 0. */
function sized(count: number | undefined): number | undefined {
  return count === undefined || count < 1 ? undefined : count;
}

/** Colours on a terminal, unless NO_COLOR or TERM=dumb disables them; FORCE_COLOR enables them. */
function wantsColor(isTerminal: boolean, env: NodeJS.ProcessEnv): boolean {
  if ((env['NO_COLOR'] ?? '') !== '') return false;
  const force = env['FORCE_COLOR'];
  if (force !== undefined) return force !== '0' && force !== 'false';
  return Boolean(isTerminal) && env['TERM'] !== 'dumb';
}

/**
 * The streams of the process. A closed reader is not an error: its output is dropped, and the work
 * continues. It also continues if a stream fails, for example on a full disk; that is reported at the end.
 */
export function processTerminal(): Terminal {
  const { stdout, stderr, env } = process;
  let broken: AetherError | undefined;
  for (const [name, stream] of Object.entries({ 'standard output': stdout, 'standard error': stderr })) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      // A terminal after a hangup returns EIO.
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
