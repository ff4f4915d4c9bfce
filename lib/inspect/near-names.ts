import { byCodeUnit } from '../base/code-units.js';
import { distance } from 'fastest-levenshtein';

/** How many near matches a person can use. */
const SHOWN = 5;

/** The known names closest to a written one, the closest first; ties by code unit. Names that share nothing are left out. */
export function nearNames(written: string, known: Iterable<string>): readonly string[] {
  const short = written.slice(0, 128).toLowerCase();
  const scored: { name: string; far: number }[] = [];
  for (const name of new Set(known)) {
    const lower = name.toLowerCase();
    const within = short.length > 1 && (lower.includes(short) || short.includes(lower));
    const far = within ? 0.5 : distance(short, lower);
    if (within || far <= Math.max(2, Math.ceil(Math.max(short.length, lower.length) / 2))) {
      scored.push({ name, far });
    }
  }
  scored.sort((a, b) => a.far - b.far || byCodeUnit(a.name, b.name));
  return scored.slice(0, SHOWN).map(({ name }) => name);
}
