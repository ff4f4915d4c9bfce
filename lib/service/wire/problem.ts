import { integer, list, named, object, ref, text, type Infer } from './schema.js';

export const FIELD_ERROR = named(
  'FieldError',
  object(
    'One thing that is wrong.',
    {
      pointer: text('JSON pointer into the body, or the name of a parameter.'),
      detail: text('What is wrong there.'),
    },
    {
      code: text('The same as a stable code.'),
      file: text('Document it stands in.'),
      line: integer('Line, from 1.'),
      column: integer('Column, from 1.'),
      found: text('What stands there.'),
      expected: text('What would be right.'),
      hint: text('A likely fix.'),
    },
  ),
);
export type FieldError = Infer<typeof FIELD_ERROR>;

export const PROBLEM = named(
  'Problem',
  object(
    'Why a request was refused (RFC 9457).',
    {
      type: text('Names the kind of problem; explained on the docs page.'),
      title: text('The same for people.'),
      status: integer('HTTP status.', { minimum: 400, maximum: 599 }),
      detail: text('What is the matter in this case.'),
      code: text('Stable; what programs decide on.'),
    },
    {
      errors: list(ref(FIELD_ERROR), 'Everything that is wrong, not only the first.'),
      run_id: text('The run that stands in the way.'),
      near: list(text('A name.'), 'Names that are close to the one asked for.'),
    },
  ),
);
export type ProblemDocument = Infer<typeof PROBLEM>;
