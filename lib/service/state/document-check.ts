import { Ajv2020 } from 'ajv/dist/2020.js';
import { WIRE_SCHEMAS, type WireSchema } from '../wire/index.js';

/** What is wrong with a value read from the state directory; undefined when nothing is. */
export type DocumentCheck = (value: unknown) => string | undefined;

/** A check by JSON Schema, which may refer to the schemas of the API; compiled when it is first used. */
export function checkBySchema(schema: WireSchema): DocumentCheck {
  let validate: ReturnType<Ajv2020['compile']> | undefined;
  return (value) => {
    validate ??= new Ajv2020({ strict: false }).compile({ ...schema, components: { schemas: WIRE_SCHEMAS } });
    if (validate(value)) return undefined;
    const [error] = validate.errors ?? [];
    const place = error?.instancePath === '' ? 'it' : (error?.instancePath ?? 'it');
    return `${place.slice(0, 100)} ${error?.message ?? 'does not match its schema'}`;
  };
}
