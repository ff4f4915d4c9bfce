import type { FieldError } from './wire/problem.js';

/** The first of a list of errors; a closing entry counts those that are left out. */
export function cappedErrors(errors: readonly FieldError[], most: number): readonly FieldError[] {
  const hidden = errors.length - most;
  if (hidden <= 0) return errors;
  const detail = `${String(hidden)} more are not shown`;
  return [...errors.slice(0, most), { pointer: '', detail, code: 'more-problems' }];
}
