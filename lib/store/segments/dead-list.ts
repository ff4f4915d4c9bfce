import { sha256 } from '../../base/digest.js';

/** A list of places that count no longer: one path of the store a line, and a last line with the SHA-256 of those before. */
export function deadText(places: ReadonlySet<string>): string {
  const lines = [...places]
    .sort()
    .map((path) => `${path}\n`)
    .join('');
  return `${lines}sha256 ${sha256(lines)}\n`;
}

/** The places that a list names; undefined when it is damaged. */
export function parseDead(text: string): readonly string[] | undefined {
  const at = text.length - 'sha256 '.length - 64 - 1;
  const lines = text.slice(0, Math.max(0, at));
  if (at < 0 || text.slice(at) !== `sha256 ${sha256(lines)}\n`) return undefined;
  return lines.split('\n').filter((line) => line !== '');
}
