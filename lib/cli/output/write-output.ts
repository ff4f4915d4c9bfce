import { AetherError } from '../../base/errors.js';
import { writePieces } from '../../platform/index.js';
import { UsageError } from '../command-error.js';
import type { Terminal } from '../terminal.js';
import { entryAt, refuseInputs } from './claim.js';

/** Standard output as the value of -o. */
export const STDOUT = '-';

export interface Output {
  /** A path, or `-`. */
  readonly path: string;
  /** Store that the file may not lie in. */
  readonly store: string;
  /** True to write over a file that is there. */
  readonly replaces: boolean;
}

/**
 * Refuses a place that is taken: data files carry no mark of who made them, so an existing one is replaced only when
 * that is asked for, and what is no plain file never is.
 *
 * @throws UsageError
 */
export function refuseTaken({ path, store, replaces }: Output): void {
  if (path === STDOUT) return;
  refuseInputs('-o', [path], { store });
  const entry = entryAt(path);
  if (entry === undefined) return;
  if (!entry.isFile()) throw new UsageError(`${path} exists and is not a file`, 'choose another -o');
  if (!replaces) throw new UsageError(`${path} exists already`, 'choose another -o, or add --replace');
}

/**
 * Writes a stream to its place: a file is there as a whole or not at all. Returns the bytes written.
 *
 * @throws UsageError, AetherError OUTPUT_UNWRITABLE and whatever the stream throws
 */
export async function writeOutput(
  output: Output,
  pieces: AsyncIterable<Uint8Array>,
  terminal: Terminal,
): Promise<number> {
  let bytes = 0;
  let broken: unknown;
  const counted = async function* (): AsyncGenerator<Uint8Array> {
    try {
      for await (const piece of pieces) {
        yield piece;
        bytes += piece.length;
      }
    } catch (error) {
      broken = error;
      throw error;
    }
  };
  if (output.path === STDOUT) {
    for await (const piece of counted()) if (!(await terminal.write(piece))) break;
    return bytes;
  }
  try {
    await writePieces(output.path, counted(), () => {
      refuseTaken(output);
    });
    return bytes;
  } catch (error) {
    if (error === broken || error instanceof UsageError) throw error;
    const why = error instanceof Error ? error.message : String(error);
    throw new AetherError('OUTPUT_UNWRITABLE', `cannot write ${output.path}: ${why}`, error);
  }
}
