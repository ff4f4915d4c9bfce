import { OVERRIDE_ROOTS, SCHEMA_OF_ROOT, type OverrideRoot } from '../override-schemas.js';
import type { SchemaNode } from '../../base/schema.js';

/** The key for each short form in run names; list indexes are omitted in both. */
let owners: ReadonlyMap<string, string> | undefined;

/**
 * The short form of a sweep key in run names, or the key itself: `accounting` for
 * `profile.press_defaults.accounting`, `profile` for `profile_path`, `edges[0].k` for `topology.edges[0].k`.
 *
 * It depends only on the key. If several keys have the same ending, the first in the order of the documents
 * (BY_RANK) has the short form, and the others are always written in full, whether a sweep has one of them or
 * several.
 */
export function shortKey(key: string): string {
  owners ??= ownersOf();
  const short = ending(key);
  return owners.get(slot(short)) === withoutIndexes(key) ? short : key;
}

function ending(key: string): string {
  const parts = key.split('.');
  const indexed = parts.findIndex((part) => part.includes('['));
  return parts
    .slice(indexed >= 0 ? indexed : -1)
    .join('.')
    .replace(/_path$/, '');
}

function withoutIndexes(key: string): string {
  return key.replace(/\[\d+\]/g, '[]');
}

/** The order in which documents claim short forms; a root that is added later goes last. */
const BY_RANK = [...OVERRIDE_ROOTS].sort((a, b) => rank(a) - rank(b));

function rank(root: OverrideRoot): number {
  const place = ['run', 'topology', 'pfna', 'profile', 'governance'].indexOf(root);
  return place < 0 ? Infinity : place;
}

/**
 * Logging changes no result, and nap changes only labels of envelopes; keys that sweeps usually vary take
 * precedence for the short form.
 */
function isMinor(key: string): boolean {
  return key.startsWith('logging.') || key.startsWith('nap.');
}

/** Run names have no capital letters. */
function slot(short: string): string {
  return withoutIndexes(short).toLowerCase();
}

function ownersOf(): ReadonlyMap<string, string> {
  const keys = BY_RANK.flatMap((root) => {
    const below = keysBelow(SCHEMA_OF_ROOT[root], '');
    return root === 'run' ? below : below.map((key) => `${root}.${key}`);
  });
  const found = new Map<string, string>();
  // A key that is the complete ending of another key keeps its own form.
  for (const key of keys) if (ending(key) === key) found.set(slot(key), key);
  for (const key of [...keys.filter((one) => !isMinor(one)), ...keys.filter(isMinor)]) {
    if (!found.has(slot(ending(key)))) found.set(slot(ending(key)), key);
  }
  return found;
}

function keysBelow(node: SchemaNode, prefix: string): string[] {
  const keys: string[] = [];
  for (const [name, child] of Object.entries(node.properties ?? {})) {
    const key = prefix === '' ? name : `${prefix}.${name}`;
    keys.push(key, ...keysBelow(child, key));
  }
  if (node.items !== undefined) keys.push(`${prefix}[]`, ...keysBelow(node.items, `${prefix}[]`));
  return keys;
}
