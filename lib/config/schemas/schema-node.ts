/** The JSON Schema keywords that these documents use; one node of a draft 2020-12 schema. */
export interface SchemaNode {
  readonly $schema?: string;
  readonly $id?: string;
  readonly title?: string;
  readonly description?: string;
  readonly examples?: readonly unknown[];
  readonly default?: unknown;
  readonly type?: SchemaType | readonly SchemaType[];
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minLength?: number;
  readonly pattern?: string;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly uniqueItems?: boolean;
  readonly items?: SchemaNode;
  readonly properties?: Readonly<Record<string, SchemaNode>>;
  readonly required?: readonly string[];
  readonly patternProperties?: Readonly<Record<string, SchemaNode>>;
  readonly additionalProperties?: boolean | SchemaNode;
  readonly minProperties?: number;
  /** Text for `expected` in problems, where the text derived from the keywords is hard to read. */
  readonly 'x-expected'?: string;
  /** Marks a text that names a file or a directory, and selects its rules. */
  readonly 'x-path'?: PathKind;
}

/** A document of the project; a directory of goldens in the project; a file below the store's logs folder; a directory of the project. */
export type PathKind = 'document' | 'golden' | 'log' | 'directory';

export type SchemaType = 'null' | 'boolean' | 'integer' | 'string' | 'array' | 'object';

/** Annotations of every field for readers and editors. */
export interface Annotations {
  readonly title?: string;
  readonly default?: unknown;
  readonly examples?: readonly unknown[];
}

interface IntegerRange extends Annotations {
  readonly minimum?: number;
  readonly maximum?: number;
}

const LARGEST = Number.MAX_SAFE_INTEGER;

/** An integer field; without bounds, the whole storable range. */
export function integer(description: string, { minimum, maximum, ...rest }: IntegerRange = {}): SchemaNode {
  return { type: 'integer', minimum: minimum ?? -LARGEST, maximum: maximum ?? LARGEST, description, ...rest };
}

/** A text of at least one character. */
export function name(description: string, rest: Annotations = {}): SchemaNode {
  return { type: 'string', minLength: 1, description, ...rest };
}

/** A text that names a file. Its target is checked when it is followed. */
export function path(kind: PathKind, description: string, rest: Annotations = {}): SchemaNode {
  return { ...name(description, rest), 'x-path': kind };
}

/** Any text, including the empty one. */
export function text(description: string, rest: Annotations = {}): SchemaNode {
  return { type: 'string', description, ...rest };
}

export function flag(description: string, fallback: boolean): SchemaNode {
  return { type: 'boolean', default: fallback, description };
}

export function oneOf(values: readonly string[], description: string, rest: Annotations = {}): SchemaNode {
  return { type: 'string', enum: values, description, ...rest };
}

export function listOf(
  items: SchemaNode,
  description: string,
  rest: Annotations & Pick<SchemaNode, 'minItems' | 'maxItems' | 'uniqueItems'> = {},
): SchemaNode {
  return { type: 'array', items, description, ...rest };
}

/** A map with known keys; `x-...` keys are allowed, all others are refused. */
export function map(
  description: string,
  properties: Readonly<Record<string, SchemaNode>>,
  required: readonly string[] = [],
  rest: Annotations = {},
): SchemaNode {
  return {
    type: 'object',
    description,
    properties,
    required,
    patternProperties: { '^x-': {} },
    additionalProperties: false,
    ...rest,
  };
}

/** A map whose keys are not checked. */
export function freeMap(
  description: string,
  properties: Readonly<Record<string, SchemaNode>> = {},
): SchemaNode {
  return { type: 'object', description, properties };
}

/** The same field, with null allowed; null means the same as leaving it out. */
export function orNull(node: SchemaNode): SchemaNode {
  if (node.type === undefined) return node;
  const types = typeof node.type === 'string' ? [node.type] : node.type;
  return { ...node, type: [...types, 'null'], ...(node.enum ? { enum: [...node.enum, null] } : {}) };
}

/** A field for readers of the document: any value is accepted, none is read. */
export function note(description: string): SchemaNode {
  return { description: `${description}; never read.` };
}

/** The schema of a whole document, as published. Every document may name its schema for the editor. */
export function documentSchema(id: string, title: string, node: SchemaNode): SchemaNode {
  const schema = text('Schema of this document, for editors; never read.', {
    examples: [`../docs/schemas/${id}.schema.json`],
  });
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    $id: `${id}.schema.json`,
    title,
    ...node,
    properties: { $schema: schema, ...node.properties },
  };
}
