import { errorCode } from '../../base/errors.js';
import type { DiskReader } from '../disk-reader.js';
import { onFile } from '../system-error.js';

const DIRECTORY = 'cache';
const MARK = /^arrival-(\d{12})$/;

/**
 * Numbers the commits of a store across all its processes. The last number is the name of an empty file in
 * cache/, so that creating the file of the next number allocates it exclusively. Without the file, and once
 * in each process, the records determine which numbers were used.
 */
export class ArrivalCounter {
  readonly #reader: DiskReader;
  readonly #recorded: () => number;
  #last: number | undefined;

  /** @param recorded the highest number in any record of the store; 0 without any */
  constructor(reader: DiskReader, recorded: () => number) {
    this.#reader = reader;
    this.#recorded = recorded;
  }

  /**
   * The first of `count` numbers, one after the other, that are greater than every number allocated before the call. No
   * other process gets one between them.
   */
  take(count = 1): number {
    return onFile('write', DIRECTORY, () => {
      for (;;) {
        const marked = Math.max(0, ...this.#marks());
        if (marked === 0) this.#last = undefined;
        const first = Math.max((this.#last ??= this.#recorded()), marked) + 1;
        this.#last = first + count - 1;
        if (this.#mark(first, this.#last)) return first;
      }
    });
  }

  /** Allocates the numbers from `first` to `number` by the mark of the last; false if another process was faster. */
  #mark(first: number, number: number): boolean {
    const { files } = this.#reader;
    const path = this.#pathOf(number);
    try {
      files.create(path, '', 0o644);
    } catch (error) {
      const code = errorCode(error);
      if (code === 'ENOENT') files.makeDirectory(this.#reader.path(DIRECTORY));
      else if (code !== 'EEXIST') throw error;
      return false;
    }
    const marks = this.#marks();
    if (marks.some((other) => other >= first && other !== number)) {
      files.remove(path);
      return false;
    }
    for (const other of marks) if (other < number) files.remove(this.#pathOf(other));
    return true;
  }

  #pathOf(number: number): string {
    return this.#reader.path(`${DIRECTORY}/arrival-${String(number).padStart(12, '0')}`);
  }

  #marks(): number[] {
    return this.#reader.files.list(this.#reader.path(DIRECTORY)).flatMap(({ name }) => {
      const match = MARK.exec(name);
      return match === null ? [] : [Number(match[1])];
    });
  }
}
