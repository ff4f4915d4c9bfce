import type { Version } from '../../forms/draft.js';
import { valueAt, type FieldValue } from '../../forms/pointers.js';
import { leavesOf, type FormNode } from './form-tree.js';
import type { ReadScenario } from './scenario-queries.js';

/** The fields of the form with the values of the service. */
export function versionOf({ detail, etag }: ReadScenario, nodes: readonly FormNode[]): Version {
  const values = leavesOf(nodes).map(
    ({ pointer }) => [pointer, (valueAt(detail, pointer) ?? null) as FieldValue] as const,
  );
  return { values: Object.fromEntries(values), etag };
}
