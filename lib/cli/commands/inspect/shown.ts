/** A part of a run, as data and as lines of text. */
export interface Shown {
  readonly json: unknown;
  readonly lines: readonly string[];
}
