declare const VALUE: unique symbol;
const NAME = Symbol('name');

/**
 * A node of JSON Schema 2020-12, as used by OpenAPI 3.1, and the type of its values. The builders below
 * create both from one declaration; `Infer` reads the type.
 */
export interface WireSchema<T = unknown> {
  readonly [keyword: string]: unknown;
  /** Exists only for the compiler. */
  readonly [VALUE]: T;
}

/** The type of the values of a schema. */
export type Infer<S extends WireSchema> = S[typeof VALUE];

/** A named schema of the OpenAPI document, to which others refer. */
export interface NamedSchema<T = unknown> extends WireSchema<T> {
  readonly [NAME]: string;
}

/** Schemas by the names of their fields or parameters. */
export type Fields = Readonly<Record<string, WireSchema>>;

/** Required fields. */
export type InferFields<F extends Fields> = { readonly [K in keyof F]: Infer<F[K]> };

/** Optional fields. */
export type InferOptional<F extends Fields> = { readonly [K in keyof F]?: Infer<F[K]> };

/** One object type from both; the conditional makes compilers show its fields. */
type InferObject<R extends Fields, O extends Fields> = InferFields<R> & InferOptional<O> extends infer T
  ? { [K in keyof T]: T[K] }
  : never;
type Keywords = Readonly<Record<string, unknown>>;

function node<T>(keywords: Keywords): WireSchema<T> {
  return keywords as WireSchema<T>;
}

/** A closed object; `optional` fields may be absent, all others are required. */
export function object<R extends Fields, O extends Fields = Record<never, never>>(
  description: string,
  required: R,
  optional?: O,
): WireSchema<InferObject<R, O>> {
  return node({
    type: 'object',
    description,
    properties: { ...required, ...optional },
    required: Object.keys(required),
    additionalProperties: false,
  });
}

/** Fields with these names and one schema. */
export function each<const K extends string, T>(
  names: readonly K[],
  schema: WireSchema<T>,
): Readonly<Record<K, WireSchema<T>>> {
  return Object.fromEntries(names.map((name) => [name, schema])) as Record<K, WireSchema<T>>;
}

/** An object of unknown content. */
export function freeObject(description?: string): WireSchema<Readonly<Record<string, unknown>>> {
  return node({
    type: 'object',
    ...(description !== undefined && { description }),
    additionalProperties: true,
  });
}

/** An object with arbitrary keys and values of one shape. */
export function mapOf<T>(
  values: WireSchema<T>,
  description: string,
): WireSchema<Readonly<Record<string, T>>> {
  return node({ type: 'object', description, additionalProperties: values });
}

export function list<T>(
  items: WireSchema<T>,
  description: string,
  limits: Keywords = {},
): WireSchema<readonly T[]> {
  return node({ type: 'array', description, items, ...limits });
}

export function text(description: string, limits: Keywords = {}): WireSchema<string> {
  return node({ type: 'string', description, ...limits });
}

/** The version number of a document. */
export function version<const V extends number>(value: V): WireSchema<V> {
  return node({ type: 'integer', description: 'Version.', const: value });
}

export function integer(description: string, limits: Keywords = {}): WireSchema<number> {
  return node({ type: 'integer', description, ...limits });
}

export function number(description: string, limits: Keywords = {}): WireSchema<number> {
  return node({ type: 'number', description, ...limits });
}

export function flag(description: string): WireSchema<boolean> {
  return node({ type: 'boolean', description });
}

export function oneOf<const V extends string>(values: readonly V[], description: string): WireSchema<V> {
  return node({ type: 'string', enum: values, description });
}

interface Primitives {
  readonly integer: number;
  readonly number: number;
  readonly string: string;
  readonly boolean: boolean;
  readonly null: null;
}

/** A value of one of several types. */
export function mixed<const P extends keyof Primitives>(
  types: readonly P[],
  description?: string,
): WireSchema<Primitives[P]> {
  return node({ type: types, ...(description !== undefined && { description }) });
}

/** Any JSON value. */
export function anything(description: string): WireSchema {
  return node({ description });
}

/** The same with further keywords, which are not part of its type. */
export function extended<T>(schema: WireSchema<T>, keywords: Keywords): WireSchema<T> {
  return node({ ...schema, ...keywords });
}

/** A value of one of two shapes. */
export function either<A, B>(first: WireSchema<A>, second: WireSchema<B>): WireSchema<A | B> {
  return node({ anyOf: [first, second] });
}

/** The same, or null. */
export function orNull<T>(schema: WireSchema<T>): WireSchema<T | null> {
  const { $ref, type, enum: values, ...rest } = schema;
  if ($ref !== undefined) return node({ anyOf: [{ $ref }, { type: 'null' }], ...rest });
  return node({
    ...rest,
    type: [type, 'null'],
    ...(values === undefined ? {} : { enum: [...(values as readonly unknown[]), null] }),
  });
}

/** Gives a schema a name in the OpenAPI document. */
export function named<T>(name: string, schema: WireSchema<T>): NamedSchema<T> {
  return { ...schema, [NAME]: name };
}

export function nameOf(schema: NamedSchema): string {
  return schema[NAME];
}

/** A reference to a named schema. */
export function ref<T>(schema: NamedSchema<T>): WireSchema<T> {
  return node({ $ref: `#/components/schemas/${nameOf(schema)}` });
}

/** An instant, ISO 8601 in UTC. */
export function instant(description: string): WireSchema<string> {
  return text(description, { pattern: '^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?Z$' });
}

/** A SHA-256 in hex. */
export function digest(description: string): WireSchema<string> {
  return text(description, { pattern: '^[0-9a-f]{64}$' });
}

/** Form of every id and run name; nothing else is ever looked up. */
export const ID_PATTERN = '^[a-z0-9][a-z0-9._=,\\[\\]-]{0,127}$';

export function id(description: string): WireSchema<string> {
  return text(description, { pattern: ID_PATTERN });
}
