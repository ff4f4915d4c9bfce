/** A node of JSON Schema 2020-12, as OpenAPI 3.1 takes it. */
export interface WireSchema {
  readonly [keyword: string]: unknown;
}

type Fields = Readonly<Record<string, WireSchema>>;

/** A closed object; `optional` fields may be left out, all others must be there. */
export function object(description: string, required: Fields, optional: Fields = {}): WireSchema {
  return {
    type: 'object',
    description,
    properties: { ...required, ...optional },
    required: Object.keys(required),
    additionalProperties: false,
  };
}

/** An object of which nothing is known but that it is one. */
export function freeObject(description: string): WireSchema {
  return { type: 'object', description, additionalProperties: true };
}

/** An object with arbitrary keys and values of one shape. */
export function mapOf(values: WireSchema, description: string): WireSchema {
  return { type: 'object', description, additionalProperties: values };
}

export function list(items: WireSchema, description: string, limits: WireSchema = {}): WireSchema {
  return { type: 'array', description, items, ...limits };
}

export function text(description: string, limits: WireSchema = {}): WireSchema {
  return { type: 'string', description, ...limits };
}

export function integer(description: string, limits: WireSchema = {}): WireSchema {
  return { type: 'integer', description, ...limits };
}

export function number(description: string, limits: WireSchema = {}): WireSchema {
  return { type: 'number', description, ...limits };
}

export function flag(description: string): WireSchema {
  return { type: 'boolean', description };
}

export function oneOf(values: readonly string[], description: string): WireSchema {
  return { type: 'string', enum: values, description };
}

/** The same, or null. */
export function orNull(schema: WireSchema): WireSchema {
  const { $ref, type, enum: values, ...rest } = schema;
  if ($ref !== undefined) return { anyOf: [{ $ref }, { type: 'null' }], ...rest };
  return {
    ...rest,
    type: [type, 'null'],
    ...(values === undefined ? {} : { enum: [...(values as readonly unknown[]), null] }),
  };
}

/** A reference to one of the document's named schemas. */
export function ref(name: string): WireSchema {
  return { $ref: `#/components/schemas/${name}` };
}

/** An instant, ISO 8601 in UTC. */
export function instant(description: string): WireSchema {
  return text(description, { pattern: '^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?Z$' });
}

/** A SHA-256 in hex. */
export function digest(description: string): WireSchema {
  return text(description, { pattern: '^[0-9a-f]{64}$' });
}

/** How every id and run name looks; nothing else is ever looked up. */
export const ID_PATTERN = '^[a-z0-9][a-z0-9._=,\\[\\]-]{0,127}$';

export function id(description: string): WireSchema {
  return text(description, { pattern: ID_PATTERN });
}
