import { byCodeUnit } from './code-units.js';

/**
 * One problem of a document. Problems are expected errors: they are returned as values, all of them at once,
 * never thrown.
 */
export interface Problem {
  /** Stable kebab-case code, listed in docs/errors.md. */
  readonly code: string;
  /** One sentence without a trailing full stop. */
  readonly message: string;
  /** Path as the user named it, relative where they were relative. */
  readonly file: string;
  /** 1-based; 0 if the problem concerns the whole file (missing, too large). */
  readonly line: number;
  /** 1-based column in UTF-16 code units; 0 if the problem concerns the whole file. */
  readonly column: number;
  /** RFC 6901 JSON pointer into the document, '' for its root. */
  readonly pointer: string;
  /** The value found, shortened for display. */
  readonly found?: string;
  /** The value expected. */
  readonly expected?: string;
  /** A probable fix, such as the nearest known key. */
  readonly hint?: string;
}

/** Either a value, or all problems that prevent one. */
export type Checked<T> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly problems: readonly Problem[] };

/** Wraps a good value. */
export function ok<T>(value: T): Checked<T> {
  return { ok: true, value };
}

/** Wraps a non-empty list of problems. */
export function invalid(problems: readonly Problem[]): Checked<never> {
  return { ok: false, problems };
}

/** Order of print: file, then position, then code. */
export function compareProblems(a: Problem, b: Problem): number {
  if (a.file !== b.file) return byCodeUnit(a.file, b.file);
  if (a.line !== b.line) return a.line - b.line;
  if (a.column !== b.column) return a.column - b.column;
  if (a.pointer !== b.pointer) return byCodeUnit(a.pointer, b.pointer);
  return byCodeUnit(a.code, b.code);
}
