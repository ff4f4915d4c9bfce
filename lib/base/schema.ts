import type { Json } from './canonical-json.js';
import { parseDigest, type Digest } from './digest-text.js';
import { MAX_INT } from './integers.js';
import type { ConfigRunId, RunId } from './run-id.js';
import { RUN_NAME } from './run-name.js';

/**
 * Schemas of documents, of the HTTP service and of stored records: each shape is declared once, with the functions
 * below, as a node of JSON Schema 2020-12; the TypeScript type of its values is inferred from that declaration.
 */

declare const VALUE: unique symbol;
const CHECK = Symbol('check');

export type SchemaType = 'null' | 'boolean' | 'integer' | 'number' | 'string' | 'array' | 'object';

/** A document of the project; a directory of goldens in the project; a file below the store's logs folder; a directory of the project. */
export type PathKind = 'document' | 'golden' | 'log' | 'directory';

/** The keywords in use; one node of a schema. */
export interface SchemaNode {
  readonly $schema?: string;
  readonly $id?: string;
  readonly $ref?: string;
  readonly title?: string;
  readonly description?: string;
  readonly examples?: readonly unknown[];
  readonly default?: unknown;
  readonly type?: SchemaType | readonly SchemaType[];
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly anyOf?: readonly SchemaNode[];
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly pattern?: string;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly uniqueItems?: boolean;
  readonly items?: SchemaNode;
  readonly properties?: Readonly<Record<string, SchemaNode>>;
  readonly required?: readonly string[];
  readonly patternProperties?: Readonly<Record<string, SchemaNode>>;
  readonly additionalProperties?: boolean | SchemaNode;
  readonly propertyNames?: SchemaNode;
  readonly minProperties?: number;
  readonly maxProperties?: number;
  /** Text for `expected` in problems, where the text derived from the keywords is hard to read. */
  readonly 'x-expected'?: string;
  /** Marks a text that names a file or a directory, and selects its rules. */
  readonly 'x-path'?: PathKind;
  /** Replaces the keywords where stored records are checked; not part of the JSON. */
  readonly [CHECK]?: (value: unknown) => boolean;
}

/** A node and the type of its values. */
export interface Schema<T = unknown> extends SchemaNode {
  /** Exists only for the compiler. */
  readonly [VALUE]: T;
}

/** The type of the values of a schema. */
export type Infer<S extends Schema> = S[typeof VALUE];

/** Schemas by the names of their fields or parameters. */
export type Fields = Readonly<Record<string, Schema>>;

/** Required fields. */
export type InferFields<F extends Fields> = { readonly [K in keyof F]: Infer<F[K]> };

/** Optional fields. */
export type InferOptional<F extends Fields> = { readonly [K in keyof F]?: Infer<F[K]> };

/** One object type from required and optional fields; the conditional makes compilers show its fields. */
export type InferObject<R extends Fields, O extends Fields> = InferFields<R> &
  InferOptional<O> extends infer T
  ? { [K in keyof T]: T[K] }
  : never;

/** Annotations of a field for readers and editors. */
export interface Annotations {
  readonly title?: string;
  readonly default?: unknown;
  readonly examples?: readonly unknown[];
}

/** Keywords that limit the values of one type; the limits precede the description, annotations follow it. */
type Limits<K extends keyof SchemaNode> = Annotations & Pick<SchemaNode, K>;

/** A node with the given keywords, for values of the type T: the one place where a type is stated beside a schema. */
export function node<T>(keywords: SchemaNode): Schema<T> {
  return keywords as Schema<T>;
}

function scalar<T>(
  type: SchemaType,
  description: string,
  { title, default: fallback, examples, ...limits }: Limits<keyof SchemaNode>,
): Schema<T> {
  return node({
    type,
    ...limits,
    description,
    ...(title !== undefined && { title }),
    ...(fallback !== undefined && { default: fallback }),
    ...(examples !== undefined && { examples }),
  });
}

/** Any text, including the empty one. */
export function text(
  description: string,
  limits: Limits<'minLength' | 'maxLength' | 'pattern'> = {},
): Schema<string> {
  return scalar('string', description, limits);
}

/** A text of at least one character. */
export function name(description: string, annotations: Annotations = {}): Schema<string> {
  return scalar('string', description, { minLength: 1, ...annotations });
}

export function integer(description: string, limits: Limits<'minimum' | 'maximum'> = {}): Schema<number> {
  return scalar('integer', description, limits);
}

/** An integer that a double holds exactly. */
export function safeInteger(
  description: string,
  { minimum = -MAX_INT, maximum = MAX_INT, ...annotations }: Limits<'minimum' | 'maximum'> = {},
): Schema<number> {
  return scalar('integer', description, { minimum, maximum, ...annotations });
}

export function number(description: string, limits: Limits<'minimum' | 'maximum'> = {}): Schema<number> {
  return scalar('number', description, limits);
}

export function flag(description: string, annotations: Annotations = {}): Schema<boolean> {
  return node({ type: 'boolean', ...annotations, description });
}

/** One value, such as the version of a document or its kind. */
export function constant<const V extends number | string>(value: V, description: string): Schema<V> {
  return node({ type: typeof value === 'number' ? 'integer' : 'string', const: value, description });
}

/** The version number of a document. */
export function version<const V extends number>(value: V, description = 'Version.'): Schema<V> {
  return constant(value, description);
}

export function oneOf<const V extends string>(
  values: readonly V[],
  description: string,
  annotations: Annotations = {},
): Schema<V> {
  return node({ type: 'string', enum: values, description, ...annotations });
}

export function list<T>(
  items: Schema<T>,
  description: string,
  limits: Limits<'minItems' | 'maxItems' | 'uniqueItems'> = {},
): Schema<readonly T[]> {
  return node({ type: 'array', items, description, ...limits });
}

/** A closed object; `optional` fields may be absent, all others are required. */
export function object<R extends Fields, O extends Fields = Record<never, never>>(
  description: string,
  required: R,
  optional?: O,
): Schema<InferObject<R, O>> {
  return node({ ...record(description, required, optional), additionalProperties: false });
}

/** An object that may have further fields, as stored records of newer versions do. */
export function record<R extends Fields, O extends Fields = Record<never, never>>(
  description: string,
  required: R,
  optional?: O,
): Schema<InferObject<R, O>> {
  return node({
    type: 'object',
    description,
    properties: { ...required, ...optional },
    required: Object.keys(required),
  });
}

/** The schema of one field of an object. */
export function fieldOf<T, K extends keyof T & string>(schema: Schema<T>, field: K): Schema<T[K]> {
  return schema.properties![field] as Schema<T[K]>;
}

/** The same object with only some of its fields, all of which are required. */
export function pick<T, const K extends keyof T & string>(
  schema: Schema<T>,
  fields: readonly K[],
): Schema<Pick<T, K>> {
  const properties = Object.fromEntries(fields.map((field) => [field, fieldOf(schema, field)]));
  return node({ ...schema, properties, required: fields });
}

/** Fields with these names and one schema. */
export function each<const K extends string, T>(
  names: readonly K[],
  schema: Schema<T>,
): Readonly<Record<K, Schema<T>>> {
  return Object.fromEntries(names.map((name) => [name, schema])) as Record<K, Schema<T>>;
}

/** An object of unknown content. */
export function freeObject(description?: string): Schema<Readonly<Record<string, unknown>>> {
  return node({
    type: 'object',
    ...(description !== undefined && { description }),
    additionalProperties: true,
  });
}

/** An object with arbitrary keys and values of one shape. */
export function mapOf<T>(
  values: Schema<T>,
  description: string,
  limits: Limits<'minProperties' | 'maxProperties' | 'propertyNames'> = {},
): Schema<Readonly<Record<string, T>>> {
  return node({ type: 'object', description, ...limits, additionalProperties: values });
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
  annotations: Annotations = {},
): Schema<Primitives[P]> {
  return node({ type: types, ...(description !== undefined && { description }), ...annotations });
}

/** Any JSON value. */
export function anything(description: string): Schema {
  return node({ description });
}

/** A JSON value, as a type that can be hashed and stored. */
export function json(description: string): Schema<Json> {
  return node({ description });
}

/** The same with further keywords, which are not part of its type. */
export function extended<T>(schema: Schema<T>, keywords: SchemaNode): Schema<T> {
  return node({ ...schema, ...keywords });
}

/** A value of one of two shapes. */
export function either<A, B>(first: Schema<A>, second: Schema<B>): Schema<A | B> {
  return node({ anyOf: [first, second] });
}

/** The same, or null. */
export function orNull<T>(schema: Schema<T>): Schema<T | null> {
  const { $ref, type, enum: values, ...rest } = schema;
  if ($ref !== undefined) return node({ anyOf: [{ $ref }, { type: 'null' }], ...rest });
  if (type === undefined) return schema;
  const types = typeof type === 'string' ? [type] : type;
  return node({ ...schema, type: [...types, 'null'], ...(values && { enum: [...values, null] }) });
}

/** An instant, ISO 8601 in UTC. */
export function instant(description: string): Schema<string> {
  return text(description, { pattern: '^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?Z$' });
}

/** An id or a run name: it may become the name of a file, and no other text is looked up. */
export function id(description: string): Schema<string> {
  return text(description, { pattern: RUN_NAME });
}

/** The id of a run. */
export function runId(description: string): Schema<RunId> {
  return node({ type: 'string', pattern: RUN_NAME, description });
}

/** The `run_id` of a RunConfig. */
export function configRunId(description: string): Schema<ConfigRunId> {
  return node({ type: 'string', minLength: 1, description });
}

/** A SHA-256 in hex. */
export function digest(description: string): Schema<Digest> {
  return checkedBy(isDigest, node({ type: 'string', pattern: '^[0-9a-f]{64}$', description }));
}

let lastDigest: unknown;
/**
 * A small artefact is one chunk whose digest is that of the whole: a digest equal to the previous one is not
 * checked again.
 */
function isDigest(value: unknown): boolean {
  if (typeof value !== 'string' || (value !== lastDigest && parseDigest(value) === undefined)) return false;
  lastDigest = value;
  return true;
}

/** The same for values that keywords cannot describe exactly, or not fast enough: stored records are checked by the function. */
export function checkedBy<T>(check: (value: unknown) => boolean, schema: Schema<T>): Schema<T> {
  return { ...schema, [CHECK]: check };
}

/** The function of `checkedBy`. */
export function ownCheck(schema: SchemaNode): ((value: unknown) => boolean) | undefined {
  return schema[CHECK];
}

/** A count: an integer from 0 that a double holds exactly. */
export function count(description: string): Schema<number> {
  return scalar('integer', description, { minimum: 0, maximum: MAX_INT });
}
