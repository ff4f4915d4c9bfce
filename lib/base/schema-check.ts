import type { Json } from './canonical-json.js';
import { InvariantError } from './errors.js';
import { isInt } from './integers.js';
import { ownCheck, type Schema, type SchemaNode, type SchemaType } from './schema.js';

/** Tests whether a value parsed from JSON has the type T. */
export type Check<T> = (value: unknown) => value is T;

type Test = (value: unknown) => boolean;

/**
 * The check of a schema, as closures that are built once: a store reads a hundred thousand records, and a validator
 * generated from the schema would have to be compiled, or shipped, for each program. Covers the keywords that stored
 * records use; others are refused here, not ignored. Annotations have no effect.
 */
export function checkOf<T>(schema: Schema<T>): Check<T> {
  return testOf(schema) as Check<T>;
}

/**
 * Returns a function that names the first field that violates the schema of an object, in the order of the
 * declaration, or undefined.
 */
export function wrongFieldOf(schema: SchemaNode): (value: unknown) => string | undefined {
  const fields = fieldTests(schema);
  const names = fields.map(([field]) => field);
  const tests = fields.map(([, test]) => test);
  return (value) => {
    if (!isObject(value)) return names[0] ?? '';
    for (let n = 0; n < tests.length; n++) if (!tests[n]!(value[names[n]!])) return names[n];
    return undefined;
  };
}

export function isObject(value: unknown): value is Readonly<Record<string, Json>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

const COVERED: ReadonlySet<string> = new Set([
  ...['title', 'description', 'examples', 'default', 'type', 'enum', 'const', 'anyOf', 'minimum', 'maximum'],
  ...['minLength', 'pattern', 'items', 'properties', 'required', 'additionalProperties'],
]);

function testOf(schema: SchemaNode): Test {
  const types = typesOf(schema);
  const test = ownCheck(schema) ?? keywordTest(schema);
  return types.includes('null') ? (value) => value === null || test(value) : test;
}

function typesOf({ type }: SchemaNode): readonly SchemaType[] {
  return typeof type === 'string' ? [type] : (type ?? []);
}

function keywordTest(schema: SchemaNode): Test {
  for (const keyword of Object.keys(schema))
    if (!COVERED.has(keyword)) throw new InvariantError(`records are not checked for "${keyword}"`);
  if (schema.anyOf !== undefined) return anyOfTest(schema.anyOf.map(testOf));
  const types = typesOf(schema).filter((type) => type !== 'null');
  if (types.length === 0 && schema.const === undefined) return isPresent;
  const { enum: values, const: only } = schema;
  if (only !== undefined) return (value) => value === only;
  if (values !== undefined) return (value) => value !== null && values.includes(value);
  const tests = types.map((type) => typeTest(type, schema));
  return tests.length === 1 ? tests[0]! : anyOfTest(tests);
}

function anyOfTest(tests: readonly Test[]): Test {
  return (value) => tests.some((test) => test(value));
}

function isPresent(value: unknown): boolean {
  return value !== undefined;
}

function typeTest(type: SchemaType, schema: SchemaNode): Test {
  switch (type) {
    case 'null':
      return (value) => value === null;
    case 'boolean':
      return (value) => typeof value === 'boolean';
    case 'integer':
      return rangeTest(isInt, schema);
    case 'number':
      return rangeTest(Number.isFinite, schema);
    case 'string':
      return textTest(schema);
    case 'array':
      return listTest(schema);
    case 'object':
      return objectTest(schema);
  }
}

function rangeTest(isNumber: Test, { minimum = -Infinity, maximum = Infinity }: SchemaNode): Test {
  return (value) => isNumber(value) && (value as number) >= minimum && (value as number) <= maximum;
}

function textTest({ pattern, minLength = 0 }: SchemaNode): Test {
  if (pattern === undefined) return (value) => typeof value === 'string' && value.length >= minLength;
  const form = new RegExp(pattern);
  return (value) => typeof value === 'string' && value.length >= minLength && form.test(value);
}

function listTest({ items }: SchemaNode): Test {
  const test = items === undefined ? isPresent : testOf(items);
  return (value) => Array.isArray(value) && value.every(test);
}

function objectTest(schema: SchemaNode): Test {
  const { additionalProperties: others, properties } = schema;
  if (properties === undefined) {
    if (typeof others !== 'object') return isObject;
    const test = testOf(others);
    return (value) => isObject(value) && Object.values(value).every(test);
  }
  if (typeof others === 'object') throw new InvariantError('records are not checked for further fields');
  const wrongIn = wrongFieldOf(schema);
  if (others !== false) return (value) => wrongIn(value) === undefined;
  const isKnown = (field: string): boolean => Object.hasOwn(properties, field);
  return (value) => wrongIn(value) === undefined && Object.keys(value as object).every(isKnown);
}

/** A missing optional field is accepted. */
function fieldTests({ properties = {}, required = [] }: SchemaNode): readonly (readonly [string, Test])[] {
  return Object.entries(properties).map(([field, schema]) => {
    const test = testOf(schema);
    return [field, required.includes(field) ? test : (value) => value === undefined || test(value)];
  });
}
