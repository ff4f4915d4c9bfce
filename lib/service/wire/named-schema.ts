import { node, type Schema } from '../../base/schema.js';

const NAME = Symbol('name');

/** A named schema of the OpenAPI document, to which others refer. */
export interface NamedSchema<T = unknown> extends Schema<T> {
  readonly [NAME]: string;
}

/** Gives a schema a name in the OpenAPI document. */
export function named<T>(name: string, schema: Schema<T>): NamedSchema<T> {
  return { ...schema, [NAME]: name };
}

export function nameOf(schema: NamedSchema): string {
  return schema[NAME];
}

/** A reference to a named schema. */
export function ref<T>(schema: NamedSchema<T>): Schema<T> {
  return node({ $ref: `#/components/schemas/${nameOf(schema)}` });
}
