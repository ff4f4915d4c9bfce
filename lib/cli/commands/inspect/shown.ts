/** A part of a run: as data, and as lines for people. */
export interface Shown {
  readonly json: unknown;
  readonly lines: readonly string[];
}
