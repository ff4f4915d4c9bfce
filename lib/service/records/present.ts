import { describeNotFound, type Lookup } from '../../inspect/find/lookup.js';
import { Refusal } from '../refusal.js';

/** The value of a lookup. @throws Refusal unknown-record */
export function present<T>(lookup: Lookup<T>): T {
  if (lookup.ok) return lookup.value;
  const text = describeNotFound(lookup);
  throw new Refusal('unknown-record', text.charAt(0).toUpperCase() + text.slice(1), { near: lookup.near });
}
