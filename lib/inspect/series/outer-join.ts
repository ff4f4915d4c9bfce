import type { Row } from '../table/table.js';

/** Rows of several series side by side, by tick; a series without the tick has no values there. */
export async function* outerJoin(
  series: readonly AsyncIterable<readonly Row[]>[],
  width: number,
): AsyncGenerator<readonly Row[], void, undefined> {
  const cursors = series.map((batches) => new Cursor(batches));
  const nothing: Row = new Array<null>(width).fill(null);
  let rows: Row[] = [];
  for (;;) {
    for (const cursor of cursors) if (cursor.isEmpty) await cursor.fill();
    const tick = Math.min(...cursors.map((cursor) => cursor.tick));
    if (tick === Infinity) break;
    rows.push([tick, ...cursors.flatMap((cursor) => (cursor.tick === tick ? cursor.take() : nothing))]);
    if (rows.length < 1024) continue;
    yield rows;
    rows = [];
  }
  if (rows.length > 0) yield rows;
}

class Cursor {
  readonly #batches: AsyncIterator<readonly Row[]>;
  #rows: readonly Row[] = [];
  #at = 0;
  #isDone = false;

  constructor(batches: AsyncIterable<readonly Row[]>) {
    this.#batches = batches[Symbol.asyncIterator]();
  }

  get isEmpty(): boolean {
    return !this.#isDone && this.#at === this.#rows.length;
  }

  /** Tick of the next row; Infinity at the end. */
  get tick(): number {
    return this.#at < this.#rows.length ? (this.#rows[this.#at]![0] as number) : Infinity;
  }

  async fill(): Promise<void> {
    while (this.isEmpty) {
      const next = await this.#batches.next();
      if (next.done === true) this.#isDone = true;
      else [this.#rows, this.#at] = [next.value, 0];
    }
  }

  /** The values of the next row, without its tick. */
  take(): Row {
    return this.#rows[this.#at++]!.slice(1);
  }
}
