import { stepOf } from '../../forms/pointers.js';

/** The part of JSON Schema that forms use. */
export interface SchemaNode {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly title?: string;
  readonly description?: string;
  readonly enum?: readonly (string | null)[];
  readonly properties?: Readonly<Record<string, SchemaNode>>;
  readonly items?: SchemaNode;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly maxItems?: number;
  readonly uniqueItems?: boolean;
  readonly pattern?: string;
}

export type Definitions = Readonly<Record<string, SchemaNode>>;

interface Named {
  readonly pointer: string;
  readonly label: string;
  readonly hint: string | undefined;
  readonly schema: SchemaNode;
}

/** A control of the form. */
export interface FormLeaf extends Named {
  readonly kind: 'text' | 'long-text' | 'integer' | 'boolean' | 'choice' | 'list';
}

/** A group of fields: an object within the object. */
interface FormGroup extends Named {
  readonly kind: 'group';
  readonly fields: readonly FormNode[];
}

export type FormNode = FormLeaf | FormGroup;

/** Texts with a larger maximum length get several lines. */
const LONG_TEXT = 1000;

/** The fields of the schema of an object, in its order. Fields without a suitable control are omitted. */
export function formTree(schema: SchemaNode, definitions: Definitions, at = ''): FormNode[] {
  return Object.entries(resolved(schema, definitions).properties ?? {}).flatMap(
    ([key, property]): FormNode[] => {
      const field = resolved(property, definitions);
      const pointer = at + stepOf(key);
      const named = { pointer, label: field.title ?? labelOf(key), hint: field.description, schema: field };
      if (field.properties !== undefined)
        return [{ ...named, kind: 'group', fields: formTree(field, definitions, pointer) }];
      const kind = kindOf(field, definitions);
      return kind === undefined ? [] : [{ ...named, kind }];
    },
  );
}

/** The controls of a form, including those in groups. */
export function leavesOf(nodes: readonly FormNode[]): FormLeaf[] {
  return nodes.flatMap((node) => (node.kind === 'group' ? leavesOf(node.fields) : [node]));
}

function resolved(schema: SchemaNode, definitions: Definitions): SchemaNode {
  const name = schema.$ref?.split('/').at(-1);
  return name === undefined ? schema : { ...definitions[name], ...schema };
}

function kindOf(schema: SchemaNode, definitions: Definitions): FormLeaf['kind'] | undefined {
  const types = [schema.type ?? []].flat();
  if (schema.enum !== undefined) return 'choice';
  if (types.includes('boolean')) return 'boolean';
  if (types.includes('integer')) return 'integer';
  if (types.includes('string')) return (schema.maxLength ?? 0) > LONG_TEXT ? 'long-text' : 'text';
  const items = schema.items === undefined ? undefined : resolved(schema.items, definitions);
  return types.includes('array') && items?.type === 'string' ? 'list' : undefined;
}

/** primary_window_id: Primary window id */
function labelOf(key: string): string {
  const words = key.replaceAll('_', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}
