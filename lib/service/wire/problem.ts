import { integer, list, object, text, type WireSchema } from './schema.js';

/** RFC 9457. */
export interface ProblemDocument {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  /** Stable; what programs decide on. */
  readonly code: string;
  readonly errors?: readonly FieldError[];
  /** The run that stands in the way. */
  readonly run_id?: string;
  /** Names that are close to the one asked for. */
  readonly near?: readonly string[];
}

/** One thing wrong with a request or a document. */
export interface FieldError {
  /** JSON pointer into the body, or the name of a parameter. */
  readonly pointer: string;
  readonly detail: string;
  readonly code?: string;
  readonly file?: string;
  readonly line?: number;
  readonly column?: number;
  readonly found?: string;
  readonly expected?: string;
  readonly hint?: string;
}

export const FIELD_ERROR: WireSchema = object(
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
);

export const PROBLEM: WireSchema = object(
  'Why a request was refused (RFC 9457).',
  {
    type: text('Names the kind of problem; explained on the docs page.'),
    title: text('The same for people.'),
    status: integer('HTTP status.', { minimum: 400, maximum: 599 }),
    detail: text('What is the matter in this case.'),
    code: text('Stable; what programs decide on.'),
  },
  {
    errors: list(
      { $ref: '#/components/schemas/FieldError' },
      'Everything that is wrong, not only the first.',
    ),
    run_id: text('The run that stands in the way.'),
    near: list(text('A name.'), 'Names that are close to the one asked for.'),
  },
);
