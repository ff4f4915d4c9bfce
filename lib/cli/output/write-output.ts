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
  /** Store that must not contain the file. */
  readonly store: string;
  /** True to overwrite an existing file. */
  readonly replaces: boolean;
}

/**
 * Refuses an existing path: data files have no mark of their author, so a file is replaced only on request,
 * and anything but a regular file never.
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
 * Writes a stream to its destination: a file is written completely or not at all. Returns the number of
 * bytes.
 *
 * @throws UsageError, AetherError OUTPUT_UNWRITABLE and errors of the stream
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
