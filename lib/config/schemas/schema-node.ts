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
  /** What a problem names as expected, where the keywords alone read badly. */
  readonly 'x-expected'?: string;
  /** Marks a text that names a file or a directory, and says which rules hold for it. */
  readonly 'x-path'?: PathKind;
}

/** A document of the project; a directory of goldens in the project; a file below the store's logs folder; a directory of the project. */
export type PathKind = 'document' | 'golden' | 'log' | 'directory';

export type SchemaType = 'null' | 'boolean' | 'integer' | 'string' | 'array' | 'object';

/** What every field carries for readers and editors. */
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

/** An integer field; without bounds the whole range that a record can store. */
export function integer(description: string, { minimum, maximum, ...rest }: IntegerRange = {}): SchemaNode {
  return { type: 'integer', minimum: minimum ?? -LARGEST, maximum: maximum ?? LARGEST, description, ...rest };
}

/** A text of at least one character. */
export function name(description: string, rest: Annotations = {}): SchemaNode {
  return { type: 'string', minLength: 1, description, ...rest };
}

/** A text that names a file. Where it may lead is checked when it is followed. */
export function path(kind: PathKind, description: string, rest: Annotations = {}): SchemaNode {
  return { ...name(description, rest), 'x-path': kind };
}

/** Any text, also none. */
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

/** A map with known keys; `x-...` keys are free, all others are refused. */
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

/** A map whose keys nobody checks. */
export function freeMap(
  description: string,
  properties: Readonly<Record<string, SchemaNode>> = {},
): SchemaNode {
  return { type: 'object', description, properties };
}

/** The same field, where null says the same as leaving it out. */
export function orNull(node: SchemaNode): SchemaNode {
  if (node.type === undefined) return node;
  const types = typeof node.type === 'string' ? [node.type] : node.type;
  return { ...node, type: [...types, 'null'], ...(node.enum ? { enum: [...node.enum, null] } : {}) };
}

/** A field that documents carry for their readers: any value is accepted, none is read. */
export function note(description: string): SchemaNode {
  return { description: `${description}; never read.` };
}

/** A whole document's schema, as it is published. Every document may name its schema for the editor. */
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
