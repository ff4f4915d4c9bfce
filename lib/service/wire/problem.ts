import { integer, list, object, text, type Infer } from '../../base/schema.js';
import { named, ref } from './named-schema.js';

export const FIELD_ERROR = named(
  'FieldError',
  object(
    'One error.',
    {
      pointer: text('JSON pointer into the body, or the name of a parameter.'),
      detail: text('What is wrong there.'),
    },
    {
      code: text('Stable code.'),
      file: text('Document of the error.'),
      line: integer('Line, from 1.'),
      column: integer('Column, from 1.'),
      found: text('The value found.'),
      expected: text('The value expected.'),
      hint: text('A probable fix.'),
    },
  ),
);
export type FieldError = Infer<typeof FIELD_ERROR>;

export const PROBLEM = named(
  'Problem',
  object(
    'Why a request was refused (RFC 9457).',
    {
      type: text('Kind of problem; described on the docs page.'),
      title: text('Title of the kind.'),
      status: integer('HTTP status.', { minimum: 400, maximum: 599 }),
      detail: text('Description of this occurrence.'),
      code: text('Stable code for programs.'),
    },
    {
      errors: list(ref(FIELD_ERROR), 'All errors, not only the first.'),
      run_id: text('The conflicting run.'),
      near: list(text('A name.'), 'Names similar to the requested one.'),
    },
  ),
);
export type ProblemDocument = Infer<typeof PROBLEM>;
