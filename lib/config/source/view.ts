import type { Path } from './path.js';

/**
 * A place in a file: file as given by the user, 1-based line and column (0: the whole file), JSON pointer.
 */
export interface Place {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly pointer: string;
}

/** Selects the place of a key, or of its value. */
export type PlacePart = 'key' | 'value';

/** The value of a document with the place of each part: plain, merged from layers, or overridden. */
export interface DocumentView {
  readonly value: unknown;
  /** Place of the value (or its key) at a path; if there is none, of the nearest existing ancestor. */
  place(path: Path, part?: PlacePart): Place;
  /** The text of a number that is not a safe integer, as written. */
  oddNumber(path: Path): string | undefined;
  /** Base directory of a relative path written at this place. */
  directory(path: Path): string;
}
