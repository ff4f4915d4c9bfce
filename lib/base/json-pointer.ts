import type { Json } from './canonical-json.js';

/** The value that an RFC 6901 pointer names; undefined where there is none. */
export function valueAtPointer(value: Json | undefined, pointer: string): Json | undefined {
  let at: Json | undefined = value;
  for (const step of pointer === '' ? [] : pointer.slice(1).split('/')) {
    if (typeof at !== 'object' || at === null) return undefined;
    const key = step.replaceAll('~1', '/').replaceAll('~0', '~');
    const holder = at as Readonly<Record<string, Json | undefined>>;
    at = Object.hasOwn(holder, key) ? holder[key] : undefined;
  }
  return at;
}
