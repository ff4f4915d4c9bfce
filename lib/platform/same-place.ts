import { realpathSync, statSync, type BigIntStats } from 'node:fs';
import { dirname, resolve, sep } from 'node:path';

/** Identity of what a path leads to, links followed; undefined when there is nothing, or nothing that may be seen. */
function identity(path: string): string | undefined {
  const stats = attempt(
    () => statSync(path, { bigint: true, throwIfNoEntry: false }) as BigIntStats | undefined,
  );
  return stats === undefined ? undefined : `${String(stats.dev)}:${String(stats.ino)}`;
}

/** True when two paths lead to one file or directory: by links, hard links, `..` or letters of another case. */
export function isSamePlace(a: string, b: string): boolean {
  const found = identity(a);
  return found !== undefined && found === identity(b);
}

/** True when a path, which need not exist yet, leads to a directory or below it. */
export function isInside(path: string, directory: string): boolean {
  const place = identity(directory);
  // A directory that is made later has only its name.
  if (place === undefined) return `${resolve(path)}${sep}`.startsWith(`${resolve(directory)}${sep}`);
  let at = resolve(path);
  while (identity(at) === undefined && dirname(at) !== at) at = dirname(at);
  at = attempt(() => realpathSync(at)) ?? at;
  for (;;) {
    if (identity(at) === place) return true;
    if (dirname(at) === at) return false;
    at = dirname(at);
  }
}

function attempt<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}
