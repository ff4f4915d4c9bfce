/** log2 of the number of values per block. */
const BITS = 14;
const BLOCK = 1 << BITS;

type Block = Int32Array | Float64Array;

/** A list of numbers in blocks of 4 or 8 bytes per value that grows without copying. */
export class NumberColumn {
  readonly #make: () => Block;
  readonly #blocks: Block[] = [];
  #length = 0;

  /** @param kind `int32` for integers of 32 bits, `double` for any number */
  constructor(kind: 'int32' | 'double') {
    this.#make = kind === 'int32' ? () => new Int32Array(BLOCK) : () => new Float64Array(BLOCK);
  }

  get length(): number {
    return this.#length;
  }

  push(value: number): void {
    const index = this.#length++;
    if (index % BLOCK === 0) this.#blocks.push(this.#make());
    this.set(index, value);
  }

  /** @param index less than the length, as in all methods */
  set(index: number, value: number): void {
    this.#blocks[index >>> BITS]![index & (BLOCK - 1)] = value;
  }

  at(index: number): number {
    return this.#blocks[index >>> BITS]![index & (BLOCK - 1)]!;
  }
}
