import type { ValidateFunction } from 'ajv/dist/2020.js';
import { InvariantError } from '../base/errors.js';
import { levelValidator } from './level-validators.js';
import { DOCUMENT_SCHEMAS } from './schemas/index.js';
import type { SchemaNode } from '../base/schema.js';

/**
 * One level of a schema: a validator for a value without its nested maps and lists, and the shapes of those.
 * Levels are checked one by one, so that a list of a million errors does not produce a million validator
 * errors.
 */
export interface Shape {
  readonly validate: ValidateFunction;
  /** Shapes of the known keys with map or list values. */
  readonly properties: ReadonlyMap<string, Shape>;
  /** Shape of every other key. */
  readonly additional: Shape | undefined;
  readonly items: Shape | undefined;
  /** True if the number of keys is limited, because each unknown key is refused or checked. */
  readonly limitsKeys: boolean;
}

const shapes = new WeakMap<SchemaNode, Shape>();
let places: ReadonlyMap<SchemaNode, string> | undefined;

/** The shape of a document schema, or of a part of one; its validators are created once. */
export function shapeOf(schema: SchemaNode): Shape {
  const known = shapes.get(schema);
  if (known) return known;
  places ??= new Map(checkedNodes().map(([place, node]) => [node, place]));
  const place = places.get(schema);
  if (place === undefined) throw new InvariantError('not a part of a document schema that is checked');
  const { properties, additional, items } = checkedParts(schema);
  const shape: Shape = {
    validate: levelValidator(place, () => levelOf(schema)),
    properties: new Map(properties.map(([key, child]) => [key, shapeOf(child)])),
    additional: additional && shapeOf(additional),
    items: items && shapeOf(items),
    limitsKeys: schema.additionalProperties === false || typeof schema.additionalProperties === 'object',
  };
  shapes.set(schema, shape);
  return shape;
}

/** Every level of every document schema by its place, for a build that compiles them ahead of time. */
export function schemaLevels(): readonly (readonly [place: string, level: Record<string, unknown>])[] {
  return checkedNodes().map(([place, node]) => [place, levelOf(node)]);
}

/** Every part of the document schemas that is a level, by its place, such as `Profile/properties/slp`. */
function checkedNodes(): readonly (readonly [place: string, node: SchemaNode])[] {
  const found: [string, SchemaNode][] = [];
  const seen = new Set<SchemaNode>();
  const visit = (place: string, node: SchemaNode): void => {
    if (seen.has(node)) return;
    seen.add(node);
    found.push([place, node]);
    const { properties, additional, items } = checkedParts(node);
    for (const [key, child] of properties) visit(`${place}/properties/${key}`, child);
    if (additional) visit(`${place}/additionalProperties`, additional);
    if (items) visit(`${place}/items`, items);
  };
  for (const [kind, schema] of Object.entries(DOCUMENT_SCHEMAS)) visit(kind, schema);
  return found;
}

/** Parts of a schema that are checked level by level. */
function checkedParts(schema: SchemaNode): {
  readonly properties: readonly (readonly [string, SchemaNode])[];
  readonly additional: SchemaNode | undefined;
  readonly items: SchemaNode | undefined;
} {
  const { additionalProperties: additional, items } = schema;
  return {
    properties: Object.entries(schema.properties ?? {}).filter(([, child]) => isDeep(child)),
    additional: typeof additional === 'object' && isChecked(additional) ? additional : undefined,
    items: items && isSplit(schema) && isChecked(items) ? items : undefined,
  };
}

/** The schema of a value without nested parts and annotations. */
function levelOf(schema: SchemaNode): Record<string, unknown> {
  const level: Record<string, unknown> = { ...unannotated(schema) };
  if (isSplit(schema)) delete level['items'];
  if (typeof schema.additionalProperties === 'object') delete level['additionalProperties'];
  if (schema.properties) {
    const flat = Object.entries(schema.properties).map(([key, child]) => [
      key,
      isDeep(child) ? {} : unannotated(child),
    ]);
    level['properties'] = Object.fromEntries(flat);
  }
  return level;
}

function unannotated(schema: SchemaNode): SchemaNode {
  const {
    $schema: _schema,
    $id: _id,
    title: _title,
    description: _text,
    examples: _examples,
    ...rest
  } = schema;
  return rest;
}

function isDeep({ properties, items, additionalProperties }: SchemaNode): boolean {
  return properties !== undefined || items !== undefined || additionalProperties !== undefined;
}

/** Equality of items is cheap to check only in the level of the items. */
function isSplit({ uniqueItems }: SchemaNode): boolean {
  return uniqueItems !== true;
}

function isChecked(schema: SchemaNode): boolean {
  return schema.type !== undefined || schema.enum !== undefined || isDeep(schema);
}
