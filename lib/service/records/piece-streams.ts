import { AetherError } from '../../base/errors.js';

/** Approximate size of a part of a stream. */
const AT_ONCE = 256 * 1024;

/** The next bytes of a stream. */
export interface NextPieces {
  readonly bytes: Uint8Array;
  /** True if nothing follows. */
  readonly done: boolean;
}

/** Streams that are produced here and sent elsewhere, part by part: each has a number until its end. */
export class PieceStreams {
  readonly #open = new Map<number, AsyncIterator<Uint8Array>>();
  #last = 0;

  open(pieces: AsyncIterable<Uint8Array>): number {
    this.#open.set(++this.#last, pieces[Symbol.asyncIterator]());
    return this.#last;
  }

  /** @throws AetherError WORKER_DIED when the stream is unknown: it belonged to a thread that has ended */
  async next(stream: number): Promise<NextPieces> {
    const pieces = this.#open.get(stream);
    if (pieces === undefined)
      throw new AetherError('WORKER_DIED', 'the stream is lost: the thread that produced it ended');
    const bytes: Uint8Array[] = [];
    for (let size = 0; size < AT_ONCE;) {
      const next = await pieces.next();
      if (next.done === true) {
        this.#open.delete(stream);
        return { bytes: Buffer.concat(bytes), done: true };
      }
      bytes.push(next.value);
      size += next.value.length;
    }
    return { bytes: Buffer.concat(bytes), done: false };
  }

  /** Closes a stream that is no longer read. */
  async close(stream: number): Promise<null> {
    const pieces = this.#open.get(stream);
    this.#open.delete(stream);
    await pieces?.return?.();
    return null;
  }
}
