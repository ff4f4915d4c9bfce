import { sha256 } from '../../base/digest.js';

/** A list of dead places: one path of the store per line, and a last line with the SHA-256 of the others. */
export function deadText(places: ReadonlySet<string>): string {
  const lines = [...places]
    .sort()
    .map((path) => `${path}\n`)
    .join('');
  return `${lines}sha256 ${sha256(lines)}\n`;
}

/** The places in a list; undefined if it is damaged. */
export function parseDead(text: string): readonly string[] | undefined {
  const at = text.length - 'sha256 '.length - 64 - 1;
  const lines = text.slice(0, Math.max(0, at));
  if (at < 0 || text.slice(at) !== `sha256 ${sha256(lines)}\n`) return undefined;
  return lines.split('\n').filter((line) => line !== '');
}
