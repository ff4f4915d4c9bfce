import { byNameKey } from '../../base/run-name.js';
import { canonicalJson, type Json } from '../../base/canonical-json.js';
import { sha256 } from '../../base/digest.js';
import { shortKey } from '../../config/index.js';

const NAME_LIMIT = 128;
const VALUE_LIMIT = 40;

/** A name, and the values of the cell in the order of the name. */
export interface NamedCell {
  readonly name: string;
  readonly values: Readonly<Record<string, Json>>;
  /** Values of an earlier cell with the same name; runs with one name cannot be distinguished. */
  readonly namesake?: Readonly<Record<string, Json>>;
}

/**
 * Names the cells of one scenario: `ring-5[ticks=64,profile=cmp-1]`. A name depends only on the scenario and
 * on the values of the cell: no other cell, value or key of the sweep changes it.
 *
 * - Every varying key is shown, `ticks` first and the others by code unit, so that the order of keys, values
 *   and rows in the manifest does not matter. `shortKey` defines how a key is shown.
 * - An integer is shown in decimal, a text as itself, and a path by its base name if the file is in the
 *   standard directory of its kind. Values that cannot be shown exactly have a digest.
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
    // A single string, because a million names are held.
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
      order = keys.sort((a, b) => byNameKey(this.#shown(a), this.#shown(b)));
      this.#orders.set(signature, order);
    }
    return order;
  }
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

/** Directory of the documents of a key, in a project with a directory per kind. */
const DIRECTORIES: Readonly<Record<string, string>> = {
  topology_path: 'topologies',
  profile_path: 'profiles',
  pfna_path: 'pfna',
  slp_path: 'slp',
  aeon_path: 'aeon',
};

/**
 * The base name of a path that is shown without a digest: a YAML document beside the manifest, or in the
 * directory of its kind beside or below that of the manifest. Any other path has a digest, even if there is
 * no other path with its base name.
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

/** Digests of the lists and maps of a sweep, which many cells share. */
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
