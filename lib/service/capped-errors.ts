import type { FieldError } from './wire/problem.js';

/** The first errors of a list; a last entry counts the omitted ones. */
export function cappedErrors(errors: readonly FieldError[], most: number): readonly FieldError[] {
  const hidden = errors.length - most;
  if (hidden <= 0) return errors;
  const detail = `${String(hidden)} more are not shown`;
  return [...errors.slice(0, most), { pointer: '', detail, code: 'more-problems' }];
}
