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
  /** Weight of its values, counted against the limit for all documents of a call. */
  readonly weight: number;
  /**
   * The offsets of the parts of a container; undefined for other values. `at` is the offset of the container.
   */
  readonly spotOf: (container: object, at: number) => Spot | undefined;
  /** Text of each number that is not a safe integer, by its offset. */
  readonly odd: ReadonlyMap<number, string>;
}
