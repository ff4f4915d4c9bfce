import {
  extended,
  name,
  node,
  text,
  version,
  type Annotations,
  type Fields,
  type Infer,
  type InferFields,
  type InferOptional,
  type PathKind,
  type Schema,
} from '../../base/schema.js';

/** The type of a map: the keys in R are required, all others optional. */
type InferMap<P extends Fields, R extends keyof P> = InferFields<Pick<P, R>> &
  InferOptional<Omit<P, R>> extends infer T
  ? { [K in keyof T]: T[K] }
  : never;

/** A map with known keys; `x-...` keys are allowed, all others are refused. */
export function map<P extends Fields, const R extends keyof P & string = never>(
  description: string,
  properties: P,
  required: readonly R[] = [],
): Schema<InferMap<P, R>> {
  return node({
    type: 'object',
    description,
    properties,
    required,
    patternProperties: { '^x-': {} },
    additionalProperties: false,
  });
}

/** A map whose keys are not checked, except those given. */
export function openMap<P extends Fields = Record<never, never>>(
  description: string,
  properties?: P,
): Schema<InferMap<P, never>> {
  return node({ type: 'object', description, properties: properties ?? {} });
}

/** A map, or a list of at least one item in its place. */
export function listOrMap<I, M>(items: Schema<I>, map: Schema<M>): Schema<readonly I[] | M> {
  return node({ ...map, type: ['array', 'object'], minItems: 1, items });
}

/** A text that names a file or directory. Its target is checked when it is followed. */
export function path(kind: PathKind, description: string, annotations: Annotations = {}): Schema<string> {
  return extended(name(description, annotations), { 'x-path': kind });
}

/** A field for readers of the document: any value is accepted, none is read. */
export function note(description: string): Schema {
  return node({ description: `${description}; never read.` });
}

/** The version of a document. */
export function documentVersion<const V extends number>(value: V): Schema<V> {
  return version(value, 'Version of the document shape.');
}

/** The schema of a whole document, as published. Every document may name its schema for the editor. */
export function documentSchema<S extends Schema>(id: string, title: string, schema: S): Schema<Infer<S>> {
  const $schema = text('Schema of this document, for editors; never read.', {
    examples: [`../docs/schemas/${id}.schema.json`],
  });
  return node({
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    $id: `${id}.schema.json`,
    title,
    ...schema,
    properties: { $schema, ...schema.properties },
  });
}
