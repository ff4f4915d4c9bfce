import { byCodeUnit } from './code-units.js';

/**
 * One thing wrong with a document a person wrote. Problems are expected errors: they are returned as values,
 * all of them at once, never thrown.
 */
export interface Problem {
  /** Stable kebab-case code, listed in docs/errors.md. */
  readonly code: string;
  /** One sentence without a trailing full stop. */
  readonly message: string;
  /** Path as the user named it, relative where they were relative. */
  readonly file: string;
  /** 1-based; 0 when the whole file is meant (missing, too large). */
  readonly line: number;
  /** 1-based column in UTF-16 code units; 0 when the whole file is meant. */
  readonly column: number;
  /** RFC 6901 JSON pointer into the document, '' for its root. */
  readonly pointer: string;
  /** What stands there, shortened for print. */
  readonly found?: string;
  /** What would be right. */
  readonly expected?: string;
  /** A likely fix, such as the nearest known key. */
  readonly hint?: string;
}

/** Either a value or every problem that kept it from being one. */
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
