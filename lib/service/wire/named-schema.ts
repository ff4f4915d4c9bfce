import type { RunId } from '../../base/run-id.js';
import { RUN_NAME } from '../../base/run-name.js';
import { node, text, type Schema } from '../../base/schema.js';

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

/** An id or a run name; no other text is looked up. */
export function id(description: string): Schema<string> {
  return text(description, { pattern: RUN_NAME });
}

/** The id of a run. */
export function runId(description: string): Schema<RunId> {
  return node({ type: 'string', description, pattern: RUN_NAME });
}
