import type { Path } from './path.js';

/** Where something stands: file as the user named it, 1-based line and column (0: the whole file), JSON pointer. */
export interface Place {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly pointer: string;
}

/** A key's own place, or that of the value behind it. */
export type PlacePart = 'key' | 'value';

/** A document's value together with where each part of it was written: plain, merged from layers, or overridden. */
export interface DocumentView {
  readonly value: unknown;
  /** Place of the value (or its key) at a path; of the nearest ancestor that exists when there is none. */
  place(path: Path, part?: PlacePart): Place;
  /** The text of a number that is no safe integer, as written. */
  oddNumber(path: Path): string | undefined;
  /** Directory that a relative path written at this place starts from. */
  directory(path: Path): string;
}
