import type { SchemaNode, SchemaType } from '../base/schema.js';

/** The values that a schema node accepts, as text: `an integer >= 1`, `a list`, `one of A, B`. */
export function expectedText(node: SchemaNode): string {
  if (node['x-expected'] !== undefined) return node['x-expected'];
  if (node.const !== undefined) return JSON.stringify(node.const);
  if (node.enum)
    return `one of ${node.enum
      .filter((value) => value !== null)
      .map(String)
      .join(', ')}`;
  const types = typeof node.type === 'string' ? [node.type] : (node.type ?? []);
  return types
    .filter((type) => type !== 'null')
    .map((type) => typeText(type, node))
    .join(' or ');
}

function typeText(type: SchemaType, node: SchemaNode): string {
  switch (type) {
    case 'integer':
      return integerText(node);
    case 'number':
      return 'a number';
    case 'string':
      return (node.minLength ?? 0) > 0 ? 'a text that is not empty' : 'a text';
    case 'boolean':
      return 'true or false';
    case 'array':
      return listText(node);
    case 'object':
      return 'a map';
    case 'null':
      return 'null';
  }
}

function integerText({ minimum, maximum }: SchemaNode): string {
  const hasMinimum = minimum !== undefined && minimum > -Number.MAX_SAFE_INTEGER;
  const hasMaximum = maximum !== undefined && maximum < Number.MAX_SAFE_INTEGER;
  if (hasMinimum && hasMaximum) return `an integer from ${String(minimum)} to ${String(maximum)}`;
  if (hasMinimum) return `an integer >= ${String(minimum)}`;
  return hasMaximum ? `an integer <= ${String(maximum)}` : 'an integer';
}

function listText({ minItems, maxItems }: SchemaNode): string {
  if (minItems !== undefined && maxItems !== undefined)
    return `a list of ${String(minItems)} to ${String(maxItems)} items`;
  return minItems === undefined ? 'a list' : `a list of at least ${String(minItems)}`;
}
