import type { Problem } from '../../base/problem.js';
import { problemAt } from '../problem-list.js';

interface Count {
  readonly limit: number;
  readonly found: number;
}

/** Refuses a document before it is parsed, because its values would exceed the memory limit. */
export function tooManyValues(file: string, count: Count, what = 'the documents of this call'): Problem {
  const hint = 'a map or a list counts as five values; split the documents over several calls';
  return refused(file, what, { ...count, hint });
}

/** The same for YAML, whose values need several times the memory of JSON values. */
export function tooManyYamlValues(file: string, count: Count): Problem {
  const hint = 'write a document of this size as JSON (.json), whose limit is several times higher';
  return refused(file, 'the YAML document', { ...count, hint });
}

function refused(
  file: string,
  what: string,
  { limit, found, hint }: Count & { readonly hint: string },
): Problem {
  return problemAt(
    { file, line: 0, column: 0, pointer: '' },
    {
      code: 'too-many-values',
      message: `${what} would contain more values than the limit`,
      found: `up to ${String(found)} here`,
      expected: `at most ${String(Math.max(limit, 0))} more`,
      hint,
    },
  );
}
