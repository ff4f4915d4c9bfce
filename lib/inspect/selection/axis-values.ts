import { BoundedMap } from '../../base/bounded-map.js';
import type { Json } from '../../base/canonical-json.js';
import { integerOf, valueOf, type Value } from '../columns/value.js';

/** Values of a cell of a sweep, by the key in the run name: `ticks`, `initial_state[0]`, `profile`. */
export type AxisValues = ReadonlyMap<string, Value>;

const NO_AXES: AxisValues = new Map();

/**
 * The values of the cell of a run. Keys are short as in the name; a path is shown by its base name if the
 * name does so. Parts that the name truncates or shows by a digest are taken from the cell of the record.
 *
 * @param cell null if the record has another name, and only the name is available
 */
export function axisValues(name: string, cell: Readonly<Record<string, Json>> | null): AxisValues {
  const shown = shownParts(name);
  const values = new Map<string, Value>();
  if (cell === null) {
    for (const { key, text } of shown) values.set(key, fromText(text));
    return values;
  }
  const keys = Object.keys(cell);
  if (keys.length === 0) return NO_AXES;
  const isWhole = shown.length === keys.length;
  for (let n = 0; n < keys.length; n++) {
    const key = keys[n]!;
    const part = isWhole ? shown[n] : undefined;
    values.set(axisKey(key, part?.key), axisValue(key, cell[key]!, part?.text));
  }
  return values;
}

interface ShownPart {
  readonly key: string;
  readonly text: string;
}

/** `key=value` parts between the brackets of a name; none if a long name is truncated. */
function shownParts(name: string): readonly ShownPart[] {
  const open = name.indexOf('[');
  if (open === -1 || !name.endsWith(']')) return [];
  const parts: ShownPart[] = [];
  const last = name.length - 1;
  for (let from = open + 1; from <= last;) {
    const comma = name.indexOf(',', from);
    const end = comma === -1 ? last : comma;
    const equals = name.indexOf('=', from);
    if (equals <= from || equals >= end) return [];
    parts.push({ key: name.slice(from, equals), text: name.slice(equals + 1, end) });
    from = end + 1;
  }
  return parts;
}

const DIGEST = /-[0-9a-f]{8}$/;

/** Maximum of cached keys: those of some sweeps. */
const KEPT = 256;
/** Cache of shortened keys: every run of a sweep has the same few. */
const shortened = new BoundedMap<string, BoundedMap<string, string>>(KEPT);

function axisKey(key: string, shown: string | undefined): string {
  if (shown === undefined) return key;
  let ways = shortened.get(key);
  if (ways === undefined) {
    shortened.set(key, (ways = new BoundedMap<string, string>(KEPT)));
  }
  let short = ways.get(shown);
  if (short === undefined) {
    ways.set(shown, (short = shortKey(key, shown)));
  }
  return short;
}

/** The short key; the whole one if the name shows it by a digest, or only in lower case. */
function shortKey(key: string, shown: string): string {
  if (DIGEST.test(shown)) return key;
  const short = key.replace(/_path$/, '');
  return short.toLowerCase().endsWith(shown) ? short.slice(short.length - shown.length) : key;
}

function axisValue(key: string, value: Json, shown: string | undefined): Value {
  if (!key.endsWith('_path') || typeof value !== 'string' || shown === undefined) return valueOf(value);
  const base = value.replace(/^.*[\\/]/, '').replace(/\.[^.]*$/, '');
  return base.toLowerCase() === shown ? base : value;
}

function fromText(text: string): Value {
  const integer = integerOf(text);
  if (integer !== undefined) return Number.isSafeInteger(Number(integer)) ? Number(integer) : text;
  if (text === 'true' || text === 'false') return text === 'true';
  return text === 'null' ? null : text;
}
