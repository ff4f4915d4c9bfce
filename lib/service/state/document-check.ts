import { Ajv2020 } from 'ajv/dist/2020.js';
import type { Schema } from '../../base/schema.js';
import { WIRE_SCHEMAS } from '../wire/index.js';

/** Checks a value read from the state directory: returns the document, or the problem. */
export type DocumentCheck<T> = (value: unknown) => { readonly value: T } | { readonly problem: string };

/** A check by JSON Schema, which may refer to the schemas of the API; compiled on first use. */
export function checkBySchema<T>(schema: Schema<T>): DocumentCheck<T> {
  let validate: ReturnType<Ajv2020['compile']> | undefined;
  return (value) => {
    validate ??= new Ajv2020({ strict: false }).compile({ ...schema, components: { schemas: WIRE_SCHEMAS } });
    if (validate(value)) return { value: value as T };
    const [error] = validate.errors ?? [];
    const place = error?.instancePath === '' ? 'it' : (error?.instancePath ?? 'it');
    return { problem: `${place.slice(0, 100)} ${error?.message ?? 'does not match its schema'}` };
  };
}
