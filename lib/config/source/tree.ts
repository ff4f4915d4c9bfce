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
  /** What its values weigh against the limit for all documents of a call. */
  readonly weight: number;
  /** The offsets of a container's parts; undefined for what is none. `at` is its own offset. */
  readonly spotOf: (container: object, at: number) => Spot | undefined;
  /** Text of each number that is no safe integer, by its offset. */
  readonly odd: ReadonlyMap<number, string>;
}
