import { AetherError } from '../../base/errors.js';

/** Bytes of a stream that are handed over together, about. */
const AT_ONCE = 256 * 1024;

/** The next bytes of a stream. */
export interface NextPieces {
  readonly bytes: Uint8Array;
  /** True when nothing follows. */
  readonly done: boolean;
}

/** Streams that are made here and sent elsewhere, some bytes at a time: each is known by a number until its end. */
export class PieceStreams {
  readonly #open = new Map<number, AsyncIterator<Uint8Array>>();
  #last = 0;

  open(pieces: AsyncIterable<Uint8Array>): number {
    this.#open.set(++this.#last, pieces[Symbol.asyncIterator]());
    return this.#last;
  }

  /** @throws AetherError WORKER_DIED when the stream is not known: it was made by a thread that has ended */
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

  /** Gives up a stream that nobody reads any more. */
  async close(stream: number): Promise<null> {
    const pieces = this.#open.get(stream);
    this.#open.delete(stream);
    await pieces?.return?.();
    return null;
  }
}
