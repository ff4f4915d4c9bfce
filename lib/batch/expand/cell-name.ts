import { byCodeUnit } from '../../base/code-units.js';
import { canonicalJson, type Json } from '../../base/canonical-json.js';
import { sha256 } from '../../base/digest.js';
import { shortKey } from '../../config/index.js';

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
 * Names the cells of one scenario: `ring-5[ticks=64,profile=cmp-1]`. A name depends on the scenario and on the cell's own
 * values alone: no other cell, value or key of the sweep changes it.
 *
 * - Every varying key is shown, `ticks` first and the others by code unit, so the order in which the manifest lists
 *   keys, values and rows does not matter. `shortKey` says how a key is shown.
 * - An integer shows its decimal form, a text itself, and a path its file's base name where that lies in the directory
 *   that such documents have. What cannot be shown exactly carries a digest of the value.
 */
export class CellNamer {
  readonly #scenario: string;
  readonly #shownKeys = new Map<string, string>();
  readonly #orders = new Map<string, readonly string[]>();

  constructor(scenario: string) {
    this.#scenario = scenario;
  }

  name(values: ReadonlyMap<string, Json>): NamedCell {
    if (values.size === 0) return { name: this.#scenario, values: {} };
    const ordered: Record<string, Json> = {};
    const parts: string[] = [];
    for (const key of this.#order([...values.keys()])) {
      const value = values.get(key)!;
      ordered[key] = value;
      parts.push(
        parts.length === 0 ? `${this.#scenario}[` : ',',
        this.#shown(key),
        '=',
        shownValue(key, value),
      );
    }
    // One piece of memory, where a million names are kept.
    parts.push(']');
    return { name: fit(parts.join(''), ordered), values: ordered };
  }

  #shown(key: string): string {
    let shown = this.#shownKeys.get(key);
    if (shown === undefined) this.#shownKeys.set(key, (shown = shownKey(key)));
    return shown;
  }

  #order(keys: string[]): readonly string[] {
    const signature = keys.join('\n');
    let order = this.#orders.get(signature);
    if (order === undefined) {
      order = keys.sort((a, b) => compareShown(this.#shown(a), this.#shown(b)));
      this.#orders.set(signature, order);
    }
    return order;
  }
}

function compareShown(a: string, b: string): number {
  if (a === 'ticks' || b === 'ticks') return a === b ? 0 : a === 'ticks' ? -1 : 1;
  return byCodeUnit(a, b);
}

function shownKey(key: string): string {
  const short = shortKey(key);
  if (short !== key) return slug(short);
  return slug(key) === key ? key : withDigest(slug(key), key);
}

function shownValue(key: string, value: Json): string {
  if (typeof value === 'number' || typeof value === 'boolean' || value === null) return String(value);
  if (typeof value !== 'string') return withDigest(Array.isArray(value) ? 'list' : 'map', value);
  const isPath = key.endsWith('_path');
  const text = slug(isPath ? baseName(value) : value).replace(/[[\]]/g, '-');
  const isExact = isPath
    ? text !== 'null' && text === plainBase(key, value)
    : text === value && !/^(-?[0-9.]+|true|false|null)$/.test(text);
  return isExact && text !== '' && text.length <= VALUE_LIMIT
    ? text
    : withDigest(text.slice(0, VALUE_LIMIT), value);
}

function baseName(path: string): string {
  return path.replace(/^.*[\\/]/, '').replace(/\.[^.]*$/, '');
}

/** Where the documents of a key lie, in a project with a directory for each kind. */
const DIRECTORIES: Readonly<Record<string, string>> = {
  topology_path: 'topologies',
  profile_path: 'profiles',
  pfna_path: 'pfna',
  slp_path: 'slp',
  aeon_path: 'aeon',
};

/**
 * The base name of a path that is shown by it alone: a YAML document beside the manifest, or in the directory of its
 * kind beside or below the manifest's. Any other path carries a digest, also where no path of that base name is near.
 */
function plainBase(key: string, path: string): string | undefined {
  const name = key.slice(key.lastIndexOf('.') + 1);
  const directory = DIRECTORIES[name];
  const places = directory === undefined ? [''] : ['', `${directory}/`, `../${directory}/`];
  const base = baseName(path);
  return places.some((place) => path === `${place}${base}.yaml`) ? base : undefined;
}

function slug(text: string): string {
  return text.toLowerCase().replace(/[^a-z0-9._[\]-]+/g, '-');
}

function withDigest(text: string, value: Json): string {
  const digest = digestOf(value);
  return text === '' ? digest : `${text}-${digest}`;
}

/** Of the lists and maps of a sweep, which many cells share. */
const digests = new WeakMap<object, string>();

function digestOf(value: Json): string {
  const isShared = typeof value === 'object' && value !== null;
  const known = isShared ? digests.get(value) : undefined;
  if (known !== undefined) return known;
  const digest = sha256(canonicalJson(value)).slice(0, 8);
  if (isShared) digests.set(value, digest);
  return digest;
}

function fit(name: string, values: Readonly<Record<string, Json>>): string {
  if (name.length <= NAME_LIMIT) return name;
  const digest = sha256(canonicalJson(values)).slice(0, 16);
  return `${name.slice(0, NAME_LIMIT - digest.length - 2)}-${digest}]`;
}
