import type { ErrorObject } from 'ajv/dist/2020.js';
import { expectedText } from './expected-text.js';
import { nearestHint } from './nearest.js';
import type { Complaint, ProblemList } from './problem-list.js';
import type { SchemaNode } from '../base/schema.js';
import { shapeOf, type Shape } from './shape.js';
import { isList, isMap, pathOfPointer, valueAt, type DocumentMap, type Path } from './source/path.js';
import type { DocumentView } from './source/view.js';

/** Maximum number of keys of one map that are checked one by one. */
const MOST_KEYS = 10_000;

/**
 * Validates a document against its schema. Every error of the validator becomes a problem at its place,
 * worded by this module. True if there is none.
 */
export function checkShape(schema: SchemaNode, view: DocumentView, problems: ProblemList): boolean {
  return new ShapeCheck(view, problems).check(shapeOf(schema), view.value, []);
}

class ShapeCheck {
  readonly #view: DocumentView;
  readonly #problems: ProblemList;

  constructor(view: DocumentView, problems: ProblemList) {
    this.#view = view;
    this.#problems = problems;
  }

  check(shape: Shape, value: unknown, path: Path): boolean {
    if (isMap(value) && shape.limitsKeys && hasManyKeys(value)) return this.#tooManyKeys(path);
    const fits = shape.validate(value) || this.#report(shape, path);
    const fitsBelow = isList(value)
      ? this.#checkItems(shape.items, value, path)
      : !isMap(value) || this.#checkKeys(shape, value, path);
    return fits && fitsBelow;
  }

  #checkItems(shape: Shape | undefined, list: readonly unknown[], path: Path): boolean {
    if (!shape) return true;
    let fits = true;
    for (const [index, item] of list.entries()) {
      if (!this.check(shape, item, [...path, index])) fits = false;
      if (this.#problems.isHopeless) return false;
    }
    return fits;
  }

  #checkKeys({ properties, additional }: Shape, map: DocumentMap, path: Path): boolean {
    let fits = true;
    for (const [key, shape] of properties)
      if (Object.hasOwn(map, key) && !this.check(shape, map[key], [...path, key])) fits = false;
    if (!additional) return fits;
    for (const key of Object.keys(map))
      if (!properties.has(key) && !this.check(additional, map[key], [...path, key])) fits = false;
    return fits;
  }

  #report({ validate }: Shape, base: Path): false {
    const errors = validate.errors ?? [];
    const mistyped = new Set(
      errors.filter(({ keyword }) => keyword === 'type').map(({ instancePath }) => instancePath),
    );
    for (const error of errors) {
      // A value of the wrong type is not also reported as an unknown value.
      const isEcho =
        (error.keyword === 'enum' || error.keyword === 'const') && mistyped.has(error.instancePath);
      if (isEcho) continue;
      if (this.#problems.isFull) this.#problems.drop();
      else report(error, { view: this.#view, base, problems: this.#problems });
    }
    // Errors keep the document alive; drop them before the next call.
    validate.errors = null;
    return false;
  }

  #tooManyKeys(path: Path): false {
    const message = 'the map has too many keys';
    const expected = `at most ${String(MOST_KEYS)} keys`;
    this.#problems.at(this.#view, path, { code: 'too-many-items', message, found: null, expected });
    return false;
  }
}

function hasManyKeys(map: DocumentMap): boolean {
  let count = 0;
  for (const key in map) if (Object.hasOwn(map, key) && ++count > MOST_KEYS) return true;
  return false;
}

interface Reporting {
  readonly view: DocumentView;
  /** Path of the validated value. */
  readonly base: Path;
  readonly problems: ProblemList;
}

function report(error: ErrorObject, { view, base, problems }: Reporting): void {
  const path = [...base, ...pathOfPointer(error.instancePath)];
  const node = (error.parentSchema ?? {}) as SchemaNode;
  const name = path.length === 0 ? undefined : String(path.at(-1));
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
    // `$schema` is for editors, so it is listed only if the written key resembles it.
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
        message: `${what} has an invalid form`,
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
      return {
        code: 'duplicate-item',
        message: `${what} contains an item twice`,
        expected: 'every item once',
      };
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

/** Hint for a text field that also accepts true and false. */
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
