import { byCodeUnit } from '../base/code-units.js';
import { distance } from 'fastest-levenshtein';

/** The known name closest to a written one, ignoring case; ties are resolved by code unit. */
export function nearest(written: string, known: readonly string[]): string | undefined {
  return byDistance(written, known)[0];
}

/** Known names from the closest to the farthest. */
export function byDistance(written: string, known: readonly string[]): string[] {
  const short = written.slice(0, 128).toLowerCase();
  return known
    .map((name) => ({ name, far: farness(short, name.toLowerCase()) }))
    .sort((a, b) => a.far - b.far || byCodeUnit(a.name, b.name))
    .map(({ name }) => name);
}

/** The known name that was probably intended; undefined if none is close enough. */
export function likelyMeant(written: string, known: readonly string[]): string | undefined {
  const name = nearest(written, known);
  if (name === undefined) return undefined;
  const far = farness(written.slice(0, 128).toLowerCase(), name.toLowerCase());
  return far <= Math.max(2, Math.floor(name.length / 3)) ? name : undefined;
}

/** A hint with the nearest known name: a question if it was probably intended, a statement otherwise. */
export function nearestHint(written: string, known: readonly string[]): string | undefined {
  const meant = likelyMeant(written, known);
  if (meant !== undefined) return `did you mean "${meant}"?`;
  const name = nearest(written, known);
  return name === undefined ? undefined : `the nearest known name is "${name}"`;
}

/** Edit distance; a prefix of three letters or more has distance one. */
function farness(written: string, name: string): number {
  if (written.length >= 3 && written !== name && name.startsWith(written)) return 1;
  return distance(written, name);
}
