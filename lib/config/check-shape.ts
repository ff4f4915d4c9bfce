import { Ajv2020, type ErrorObject, type ValidateFunction } from 'ajv/dist/2020.js';
import { expectedText } from './expected-text.js';
import { nearestHint } from './nearest.js';
import type { Complaint, ProblemList } from './problem-list.js';
import type { SchemaNode } from './schemas/schema-node.js';
import { pathOfPointer, valueAt } from './source/path.js';
import type { DocumentView } from './source/view.js';

let ajv: Ajv2020 | undefined;
const validators = new WeakMap<SchemaNode, ValidateFunction>();

/**
 * Holds a document against its schema. Every difference becomes a problem at its place, in this project's words.
 * True if there is none.
 */
export function checkShape(schema: SchemaNode, view: DocumentView, problems: ProblemList): boolean {
  const validate = validatorOf(schema);
  if (validate(view.value)) return true;
  const errors = validate.errors ?? [];
  const mistyped = new Set(
    errors.filter(({ keyword }) => keyword === 'type').map(({ instancePath }) => instancePath),
  );
  for (const error of errors) {
    // What is of the wrong type is not also told to be no known value.
    const isEcho =
      (error.keyword === 'enum' || error.keyword === 'const') && mistyped.has(error.instancePath);
    if (isEcho) continue;
    if (problems.isFull) problems.drop();
    else report(error, view, problems);
  }
  // Errors keep the document alive; drop them before the next call.
  validate.errors = null;
  return false;
}

function validatorOf(schema: SchemaNode): ValidateFunction {
  const known = validators.get(schema);
  if (known) return known;
  ajv ??= createAjv();
  const bare: Record<string, unknown> = { ...schema };
  delete bare['$schema'];
  const validate = ajv.compile(bare);
  validators.set(schema, validate);
  return validate;
}

/** Start-up counts: the schemas are our own, so tests hold them against the meta-schema instead of every process. */
function createAjv(): Ajv2020 {
  const fast = { validateSchema: false, meta: false, code: { optimize: false } } as const;
  const made = new Ajv2020({
    allErrors: true,
    verbose: true,
    allowUnionTypes: true,
    strictTypes: false,
    ...fast,
  });
  made.addVocabulary(['x-expected', 'x-path']);
  return made;
}

function report(error: ErrorObject, view: DocumentView, problems: ProblemList): void {
  const path = pathOfPointer(error.instancePath);
  const node = (error.parentSchema ?? {}) as SchemaNode;
  const name = path.at(-1);
  const what = name === undefined ? 'the document' : /^\d+$/.test(name) ? `item ${name}` : `"${name}"`;
  if (error.keyword === 'required') {
    const key = String(error.params['missingProperty']);
    const expected = expectedText(node.properties?.[key] ?? {});
    const message = `${what === 'the document' ? what : `the map at ${what}`} lacks the key "${key}"`;
    problems.at(view, path, { code: 'missing-key', message, expected: `"${key}": ${expected}` });
  } else if (error.keyword === 'additionalProperties') {
    const key = String(error.params['additionalProperty']);
    const known = Object.keys(node.properties ?? {});
    const hint = nearestHint(key, known);
    // `$schema` is for editors, so it is only named to someone who meant it.
    const named = known.filter((name) => !name.startsWith('$'));
    const expected = `one of ${named.join(', ')} or a key that starts with x-`;
    const complaint: Complaint = {
      code: 'unknown-key',
      message: `the key "${key}" is not known here`,
      expected,
      hint,
    };
    problems.at(view, [...path, key], { ...complaint, found: key, part: 'key' });
  } else {
    const odd = view.oddNumber(path);
    problems.at(view, path, complaintOf(error, what, { node, odd, value: valueAt(view.value, path) }));
  }
}

interface Offence {
  readonly node: SchemaNode;
  readonly odd: string | undefined;
  readonly value: unknown;
}

function complaintOf(error: ErrorObject, what: string, offence: Offence): Complaint {
  const expected = expectedText(offence.node);
  switch (error.keyword) {
    case 'type':
      return typeComplaint(what, expected, offence);
    case 'enum':
    case 'const':
      return {
        code: 'not-allowed-value',
        message: `${what} has a value that is not known`,
        expected,
        ...valueHint(offence),
      };
    case 'minimum':
    case 'maximum':
      return { code: 'out-of-range', message: `${what} is out of range`, expected };
    case 'minLength':
      return { code: 'empty-text', message: `${what} must not be empty`, expected };
    case 'pattern':
      return {
        code: 'bad-format',
        message: `${what} is not written as it must be`,
        expected,
        ...booleanHint(offence),
      };
    case 'minItems':
      return { code: 'too-few-items', message: `${what} has too few items`, expected };
    case 'minProperties':
      return { code: 'too-few-items', message: `${what} must not be empty`, expected: 'at least one key' };
    case 'maxItems':
      return { code: 'too-many-items', message: `${what} has too many items`, expected };
    case 'uniqueItems':
      return { code: 'duplicate-item', message: `${what} holds an item twice`, expected: 'every item once' };
    default:
      return { code: 'not-allowed-value', message: `${what} is not allowed`, expected };
  }
}

function typeComplaint(what: string, expected: string, { node, odd, value }: Offence): Complaint {
  const types = typeof node.type === 'string' ? [node.type] : (node.type ?? []);
  if (odd !== undefined && types.includes('integer')) {
    const isLarge = /^(?:[-+]?\d+|0x[\da-f]+|0o[0-7]+)$/i.test(odd);
    if (isLarge)
      return {
        code: 'integer-too-large',
        message: `${what} is beyond 2^53-1, the largest integer kept exactly`,
        expected,
      };
    return {
      code: 'not-an-integer',
      message: `${what} must be written as an integer`,
      expected,
      ...quoteHint(types),
    };
  }
  const hint = typeHint(types, value);
  return { code: 'wrong-type', message: `${what} is of the wrong type`, expected, hint };
}

function quoteHint(types: readonly string[]): { hint?: string } {
  return types.includes('string') ? { hint: 'write it in quotes if a text is meant' } : {};
}

/** For a text where true and false are possible too. */
function booleanHint({ node, value }: Offence): { hint?: string } {
  const types = node.type ?? [];
  if (typeof value !== 'string' || !types.includes('boolean')) return {};
  return BOOLEAN_WORD.test(value.trim()) ? { hint: 'write true or false, without quotes' } : {};
}

const BOOLEAN_WORD = /^(yes|no|on|off|y|n|none|true|false|enabled?|disabled?|0|1)$/i;

function typeHint(types: readonly string[], value: unknown): string | undefined {
  if (typeof value === 'string' && types.includes('boolean') && /^(yes|no|on|off|y|n)$/i.test(value))
    return 'write true or false';
  if (typeof value === 'string' && types.includes('integer') && /^[-+]?\d+$/.test(value))
    return 'write the number without quotes';
  if (types.includes('string') && (typeof value === 'number' || typeof value === 'boolean'))
    return 'write it in quotes if a text is meant';
  return undefined;
}

function valueHint({ node, value }: Offence): { hint?: string } {
  const known = (node.enum ?? []).filter((item) => typeof item === 'string');
  const hint = typeof value === 'string' ? nearestHint(value, known) : undefined;
  return hint === undefined ? {} : { hint };
}
