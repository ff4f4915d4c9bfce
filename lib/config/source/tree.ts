/** Offsets of a container and its parts; `keys` is empty for lists. */
export interface Spot {
  readonly start: number;
  readonly keys: string[];
  readonly keyAt: number[];
  readonly valueAt: number[];
}

/** A finished tree. */
export interface Tree {
  readonly value: unknown;
  readonly start: number;
  readonly spots: ReadonlyMap<object, Spot>;
  /** Text of each number that is no safe integer, by its offset. */
  readonly odd: ReadonlyMap<number, string>;
}
