import { lstatSync, readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Each entry below a directory: its mode, and its bytes or the target of its link. Store and scratch areas
 * may be left out.
 */
export function treeSnapshot(directory: string, isLeftOut: (name: string) => boolean): Map<string, string> {
  const names = readdirSync(directory, { recursive: true, encoding: 'utf8' })
    .filter((name) => !isLeftOut(name))
    .sort();
  return new Map(names.map((name) => [name, describe(join(directory, name))]));
}

function describe(path: string): string {
  const entry = lstatSync(path);
  const what = entry.isSymbolicLink()
    ? `-> ${readlinkSync(path)}`
    : entry.isFile()
      ? readFileSync(path, 'base64')
      : entry.isFIFO()
        ? 'fifo'
        : 'directory';
  return `${entry.mode.toString(8)} ${what}`;
}
