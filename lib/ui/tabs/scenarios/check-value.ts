import type { FieldValue } from '../../forms/pointers.js';
import type { FormLeaf, SchemaNode } from './form-tree.js';
import { shownNumber } from '../../parts/numbers.js';

/**
 * An obvious error of a value, found without the service; undefined if there is none. The service validates
 * everything again.
 */
export function checkValue({ kind, schema }: FormLeaf, value: FieldValue): string | undefined {
  if (kind === 'integer') return checkInteger(schema, value);
  if (kind === 'list') return checkList(schema, value as readonly string[]);
  if (kind === 'boolean') return undefined;
  return checkText(schema, typeof value === 'string' ? value : '');
}

function checkInteger({ minimum, maximum }: SchemaNode, value: FieldValue): string | undefined {
  if (typeof value !== 'number') return 'must be a whole number';
  if (minimum !== undefined && value < minimum) return `must be at least ${shownNumber(minimum)}`;
  if (maximum !== undefined && value > maximum) return `must be at most ${shownNumber(maximum)}`;
  return undefined;
}

function checkText({ minLength = 0, maxLength = Infinity }: SchemaNode, value: string): string | undefined {
  if (minLength > 0 && value === '') return 'must not be empty';
  if (value.length > maxLength) return `must have at most ${shownNumber(maxLength)} characters`;
  return undefined;
}

function checkList(
  { maxItems = Infinity, items = {} }: SchemaNode,
  value: readonly string[],
): string | undefined {
  if (value.length > maxItems) return `must have at most ${shownNumber(maxItems)} entries`;
  const wrong = value.find((entry) => checkText(items, entry) !== undefined);
  return wrong === undefined ? undefined : `${wrong.slice(0, 30)} ${checkText(items, wrong)!}`;
}
