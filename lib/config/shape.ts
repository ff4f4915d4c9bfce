import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import type { SchemaNode } from './schemas/schema-node.js';

/**
 * One level of a schema: a validator for a value without what lies below it, and the shapes of that. Levels are checked one by one, so
 * that a list of a million mistakes never makes a list of a million errors.
 */
export interface Shape {
  readonly validate: ValidateFunction;
  /** Shapes of the known keys that hold maps or lists. */
  readonly properties: ReadonlyMap<string, Shape>;
  /** Shape of every other key. */
  readonly additional: Shape | undefined;
  readonly items: Shape | undefined;
  /** Every key that is not known is refused or checked, so their number has a limit. */
  readonly limitsKeys: boolean;
}

const shapes = new WeakMap<SchemaNode, Shape>();
let ajv: Ajv2020 | undefined;

/** The shape of a schema; compiled once. */
export function shapeOf(schema: SchemaNode): Shape {
  const known = shapes.get(schema);
  if (known) return known;
  ajv ??= createAjv();
  const deep = Object.entries(schema.properties ?? {}).filter(([, child]) => isDeep(child));
  const { additionalProperties: additional, items } = schema;
  const shape: Shape = {
    validate: ajv.compile(levelOf(schema)),
    properties: new Map(deep.map(([key, child]) => [key, shapeOf(child)])),
    additional: typeof additional === 'object' && isChecked(additional) ? shapeOf(additional) : undefined,
    items: items && isSplit(schema) && isChecked(items) ? shapeOf(items) : undefined,
    limitsKeys: additional === false || typeof additional === 'object',
  };
  shapes.set(schema, shape);
  return shape;
}

/** The schema of a value alone. */
function levelOf(schema: SchemaNode): Record<string, unknown> {
  const level: Record<string, unknown> = { ...schema };
  delete level['$schema'];
  if (isSplit(schema)) delete level['items'];
  if (typeof schema.additionalProperties === 'object') delete level['additionalProperties'];
  if (schema.properties) {
    const flat = Object.entries(schema.properties).map(([key, child]) => [key, isDeep(child) ? {} : child]);
    level['properties'] = Object.fromEntries(flat);
  }
  return level;
}

function isDeep({ properties, items, additionalProperties }: SchemaNode): boolean {
  return properties !== undefined || items !== undefined || additionalProperties !== undefined;
}

/** Whether items are equal is only cheap to tell beside what they are. */
function isSplit({ uniqueItems }: SchemaNode): boolean {
  return uniqueItems !== true;
}

function isChecked(schema: SchemaNode): boolean {
  return schema.type !== undefined || schema.enum !== undefined || isDeep(schema);
}

/** Start-up counts: the schemas are our own, so tests hold them against the meta-schema instead of every process. */
function createAjv(): Ajv2020 {
  const fast = { validateSchema: false, meta: false, code: { optimize: false } } as const;
  const made = new Ajv2020({
    allErrors: true,
    verbose: true,
    allowUnionTypes: true,
    strictTypes: false,
    ...fast,
  });
  made.addVocabulary(['x-expected', 'x-path']);
  return made;
}
