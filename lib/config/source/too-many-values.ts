import type { Problem } from '../../base/problem.js';
import { problemAt } from '../problem-list.js';

/** A document that is refused before it is parsed, because the memory for its values is not there. */
export function tooManyValues(
  file: string,
  { limit, found }: { readonly limit: number; readonly found: number },
  what = 'the documents of this call',
): Problem {
  return problemAt(
    { file, line: 0, column: 0, pointer: '' },
    {
      code: 'too-many-values',
      message: `${what} would hold more values than the limit`,
      found: `up to ${String(found)} here`,
      expected: `at most ${String(Math.max(limit, 0))} more`,
      hint: 'a map or a list counts as five values; split the documents over several calls',
    },
  );
}
