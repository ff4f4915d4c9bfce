import { byCodeUnit } from '../base/code-units.js';
import { distance } from 'fastest-levenshtein';

/** The known name closest to a written one, case aside; ties go to the first by code unit. */
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

/** The known name that is likely meant by a written one; undefined when none comes near it. */
export function likelyMeant(written: string, known: readonly string[]): string | undefined {
  const name = nearest(written, known);
  if (name === undefined) return undefined;
  const far = farness(written.slice(0, 128).toLowerCase(), name.toLowerCase());
  return far <= Math.max(2, Math.floor(name.length / 3)) ? name : undefined;
}

/** A hint that names the nearest known name: a question when it is likely meant, a statement otherwise. */
export function nearestHint(written: string, known: readonly string[]): string | undefined {
  const meant = likelyMeant(written, known);
  if (meant !== undefined) return `did you mean "${meant}"?`;
  const name = nearest(written, known);
  return name === undefined ? undefined : `the nearest known name is "${name}"`;
}

/** Edit distance; a name that someone broke off after three letters or more is one step away. */
function farness(written: string, name: string): number {
  if (written.length >= 3 && written !== name && name.startsWith(written)) return 1;
  return distance(written, name);
}
