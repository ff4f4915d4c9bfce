import { byCodeUnit } from '../../base/code-units.js';
import { distance } from 'fastest-levenshtein';

/** Maximum number of suggestions. */
const SHOWN = 5;

/**
 * The known names most similar to a written one, the most similar first: the same axes in another order, then names
 * that contain it or are part of it; ties by code unit. Names without any similarity are omitted.
 */
export function nearNames(written: string, known: Iterable<string>): readonly string[] {
  const short = written.slice(0, 128).toLowerCase();
  const ordered = inOrder(short);
  const scored: { name: string; far: number }[] = [];
  for (const name of new Set(known)) {
    const lower = name.toLowerCase();
    const within = short.length > 1 && (lower.includes(short) || short.includes(lower));
    const far = inOrder(lower) === ordered ? 0 : within ? 0.5 : distance(short, lower);
    if (within || far <= Math.max(2, Math.ceil(Math.max(short.length, lower.length) / 2))) {
      scored.push({ name, far });
    }
  }
  scored.sort((a, b) => a.far - b.far || byCodeUnit(a.name, b.name));
  return scored.slice(0, SHOWN).map(({ name }) => name);
}

/** A run name with its axes sorted. */
function inOrder(name: string): string {
  const open = name.indexOf('[');
  if (open === -1) return name;
  const axes = name.slice(open + 1, -1).split(',');
  return `${name.slice(0, open)}[${axes.sort(byCodeUnit).join()}]`;
}
