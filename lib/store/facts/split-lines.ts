const NEWLINE = 10;

/**
 * Splits pieces of a file into lines. A line is valid during the call, without its newline, with its offset
 * in the file; bytes after the last newline are dropped.
 */
export class LineSplitter {
  readonly #use: (line: Uint8Array, from: number) => void;
  #rest: Uint8Array = new Uint8Array(0);
  #from = 0;

  constructor(use: (line: Uint8Array, from: number) => void) {
    this.#use = use;
  }

  push(piece: Uint8Array): void {
    let start = 0;
    for (let end = piece.indexOf(NEWLINE); end !== -1; end = piece.indexOf(NEWLINE, start)) {
      const part = piece.subarray(start, end);
      const line = this.#rest.length === 0 ? part : Buffer.concat([this.#rest, part]);
      this.#rest = this.#rest.subarray(0, 0);
      this.#use(line, this.#from);
      this.#from += line.length + 1;
      start = end + 1;
    }
    if (start < piece.length) this.#rest = Buffer.concat([this.#rest, piece.subarray(start)]);
  }
}
