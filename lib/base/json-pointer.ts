import type { Json } from './canonical-json.js';

/** A member or index as one step of an RFC 6901 pointer. */
export function pointerStep(key: string): string {
  return `/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`;
}

/** The member or index that a step without its slash names. */
export function keyOfStep(step: string): string {
  return step.replaceAll('~1', '/').replaceAll('~0', '~');
}

/** The value that an RFC 6901 pointer names; undefined where there is none. */
export function valueAtPointer(value: Json | undefined, pointer: string): Json | undefined {
  let at: Json | undefined = value;
  for (const step of pointer === '' ? [] : pointer.slice(1).split('/')) {
    if (typeof at !== 'object' || at === null) return undefined;
    const key = keyOfStep(step);
    const holder = at as Readonly<Record<string, Json | undefined>>;
    at = Object.hasOwn(holder, key) ? holder[key] : undefined;
  }
  return at;
}
