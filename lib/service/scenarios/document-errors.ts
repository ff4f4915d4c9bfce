import type { Problem } from '../../base/problem.js';
import type { FieldError } from '../wire/problem.js';
import { cappedErrors } from '../capped-errors.js';
import { shownFile, shownText } from '../shown-text.js';

const MOST = 100;

/** Problems of documents in API form. `pointerOf` translates a pointer to the form of the request. */
export function documentErrors(
  problems: readonly Problem[],
  pointerOf: (problem: Problem) => string = ({ pointer }) => pointer,
): readonly FieldError[] {
  const errors = problems.map((problem) => ({
    pointer: pointerOf(problem),
    detail: shownText(problem.message),
    code: problem.code,
    file: shownFile(problem.file),
    line: problem.line,
    column: problem.column,
    ...(problem.found === undefined ? {} : { found: shownText(problem.found) }),
    ...(problem.expected === undefined ? {} : { expected: shownText(problem.expected) }),
    ...(problem.hint === undefined ? {} : { hint: shownText(problem.hint) }),
  }));
  return cappedErrors(errors, MOST);
}
