import { canonicalJson, type Json } from '../../base/canonical-json.js';
import { sha256 } from '../../base/digest.js';

/** Run names, like every id in the store: no separators, no upper case, at most 128 characters. */
export const RUN_NAME = /^[a-z0-9][a-z0-9._=,[\]-]{0,127}$/;
const NAME_LIMIT = 128;
const VALUE_LIMIT = 40;

/** A name, and the cell's values in the order the name shows them. */
export interface NamedCell {
  readonly name: string;
  readonly values: Readonly<Record<string, Json>>;
  /** Other values of an earlier cell that has this name too; runs of one name cannot be told apart. */
  readonly namesake?: Readonly<Record<string, Json>>;
}

/**
 * Names the cells of one scenario: `ring-5[ticks=64,profile=cmp-1]`.
 *
 * - Every varying key is shown, `ticks` first and the others by code unit, so the order in which the manifest lists
 *   keys, values and rows does not matter.
 * - A key shows its last meaningful part; keys that would then look alike are shown whole.
 * - A path shows its file's base name, an integer its decimal form, a text itself. What cannot be shown exactly, or
 *   would look like another value of the same key, carries a digest of the value. Different cells share a name only
 *   where a value is written like another one with its digest.
 */
export class CellNamer {
  readonly #scenario: string;
  readonly #shownKeys: ReadonlyMap<string, string>;
  readonly #ambiguous: ReadonlyMap<string, ReadonlySet<string>>;
  readonly #orders = new Map<string, readonly string[]>();

  /** @param values per key, in any order, every value that some cell may give it, as far as it is listed */
  constructor(scenario: string, values: ReadonlyMap<string, Iterable<Json>>) {
    this.#scenario = scenario;
    this.#shownKeys = shownKeys([...values.keys()]);
    this.#ambiguous = new Map([...values].map(([key, listed]) => [key, sharedTexts(key, listed)]));
  }

  name(values: ReadonlyMap<string, Json>): NamedCell {
    if (values.size === 0) return { name: this.#scenario, values: {} };
    const ordered: Record<string, Json> = {};
    const parts: string[] = [];
    for (const key of this.#order([...values.keys()])) {
      const value = values.get(key)!;
      ordered[key] = value;
      parts.push(`${this.#shownKeys.get(key)!}=${this.#shownValue(key, value)}`);
    }
    return { name: fit(`${this.#scenario}[${parts.join(',')}]`, ordered), values: ordered };
  }

  #shownValue(key: string, value: Json): string {
    const { text, exact } = valueText(key, value);
    return exact && !this.#ambiguous.get(key)!.has(text) ? text : withDigest(text, value);
  }

  #order(keys: string[]): readonly string[] {
    const signature = keys.join('\n');
    let order = this.#orders.get(signature);
    if (order === undefined) {
      const shown = this.#shownKeys;
      order = keys.sort((a, b) => compareShown(shown.get(a)!, shown.get(b)!));
      this.#orders.set(signature, order);
    }
    return order;
  }
}

function compareShown(a: string, b: string): number {
  if (a === 'ticks' || b === 'ticks') return a === b ? 0 : a === 'ticks' ? -1 : 1;
  return a < b ? -1 : a > b ? 1 : 0;
}

function shownKeys(keys: readonly string[]): Map<string, string> {
  const short = new Map(keys.map((key) => [key, slug(shortKey(key))]));
  const counts = new Map<string, number>();
  for (const text of short.values()) counts.set(text, (counts.get(text) ?? 0) + 1);
  const shown = new Map<string, string>();
  for (const [key, text] of short) {
    if (counts.get(text) === 1 && text !== '') shown.set(key, text);
    else shown.set(key, slug(key) === key ? key : withDigest(slug(key), key));
  }
  return shown;
}

/**
 * `profile.press_defaults.accounting` -> `accounting`, `profile_path` -> `profile`, `topology.edges[0].k` ->
 * `edges[0].k`.
 */
function shortKey(key: string): string {
  const parts = key.split('.');
  const indexed = parts.findIndex((part) => part.includes('['));
  return parts
    .slice(indexed >= 0 ? indexed : -1)
    .join('.')
    .replace(/_path$/, '');
}

function valueText(key: string, value: Json): { readonly text: string; readonly exact: boolean } {
  if (typeof value === 'number') return { text: String(value), exact: true };
  if (value === null || typeof value === 'boolean') return { text: String(value), exact: true };
  if (typeof value !== 'string') return { text: Array.isArray(value) ? 'list' : 'map', exact: false };
  const isPath = key.endsWith('_path');
  const shown = isPath ? value.replace(/^.*[\\/]/, '').replace(/\.[^.]*$/, '') : value;
  const text = slug(shown).replace(/[[\]]/g, '-');
  const literal = !isPath && /^(-?[0-9.]+|true|false|null)$/.test(text);
  return {
    text: text.slice(0, VALUE_LIMIT),
    exact: text === shown && text !== '' && text.length <= VALUE_LIMIT && !literal,
  };
}

/** Texts that more than one value of the key would show as. */
function sharedTexts(key: string, values: Iterable<Json>): Set<string> {
  const owners = new Map<string, string>();
  const shared = new Set<string>();
  for (const value of values) {
    if (typeof value === 'number') continue;
    const { text } = valueText(key, value);
    const owner = canonicalJson(value);
    if ((owners.get(text) ?? owner) !== owner) shared.add(text);
    owners.set(text, owner);
  }
  return shared;
}

function slug(text: string): string {
  return text.toLowerCase().replace(/[^a-z0-9._[\]-]+/g, '-');
}

function withDigest(text: string, value: Json): string {
  const digest = sha256(canonicalJson(value)).slice(0, 8);
  return text === '' ? digest : `${text}-${digest}`;
}

function fit(name: string, values: Readonly<Record<string, Json>>): string {
  if (name.length <= NAME_LIMIT) return name;
  const digest = sha256(canonicalJson(values)).slice(0, 16);
  return `${name.slice(0, NAME_LIMIT - digest.length - 2)}-${digest}]`;
}
