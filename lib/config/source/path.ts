import { keyOfStep, pointerStep } from '../../base/json-pointer.js';

/** Path from the root of a document to a value: keys of maps, 0-based indexes of lists. */
export type Path = readonly (string | number)[];

/** RFC 6901 pointer of a path; '' for the root. */
export function pointerOf(path: Path): string {
  return path.map((step) => pointerStep(String(step))).join('');
}

/** Path of an RFC 6901 pointer; list indexes stay text, which all functions here accept. */
export function pathOfPointer(pointer: string): string[] {
  if (pointer === '') return [];
  return pointer.slice(1).split('/').map(keyOfStep);
}

/** A map as built by the readers. */
export type DocumentMap = Readonly<Record<string, unknown>>;

/** True for maps, false for lists, scalars and null. */
export function isMap(value: unknown): value is DocumentMap {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** True for lists; the type of the items stays unknown. */
export function isList(value: unknown): value is readonly unknown[] {
  return Array.isArray(value);
}

/** The value of a child; undefined if there is none. Inherited properties do not count. */
export function childOf(value: unknown, step: string | number): unknown {
  if (typeof value !== 'object' || value === null) return undefined;
  if (isList(value)) return value[Number(step)];
  const record = value as DocumentMap;
  return Object.hasOwn(record, step) ? record[step] : undefined;
}

/** The value at a path; undefined if there is none. */
export function valueAt(root: unknown, path: Path): unknown {
  let value = root;
  for (const step of path) {
    value = childOf(value, step);
    if (value === undefined) return undefined;
  }
  return value;
}

/** True if `path` starts with `prefix`; 0 and '0' are the same component. */
export function startsWith(path: Path, prefix: Path): boolean {
  return prefix.length <= path.length && prefix.every((step, i) => String(step) === String(path[i]));
}

/** Paths of all values below a value that are neither lists nor maps. */
export function leafPaths(root: unknown): Path[] {
  const leaves: Path[] = [];
  const open: (readonly [Path, unknown])[] = [[[], root]];
  for (let next = open.pop(); next; next = open.pop()) {
    const [path, value] = next;
    if (typeof value !== 'object' || value === null) leaves.push(path);
    else for (const [key, child] of Object.entries(value)) open.push([[...path, key], child]);
  }
  return leaves.reverse();
}
