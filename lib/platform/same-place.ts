import { realpathSync, statSync, type BigIntStats } from 'node:fs';
import { dirname, resolve, sep } from 'node:path';

/** Identity of the target of a path, following links; undefined if it does not exist or is not accessible. */
function identity(path: string): string | undefined {
  const stats = attempt(
    () => statSync(path, { bigint: true, throwIfNoEntry: false }) as BigIntStats | undefined,
  );
  return stats === undefined ? undefined : `${String(stats.dev)}:${String(stats.ino)}`;
}

/**
 * True if two paths lead to the same file or directory: by links, hard links, `..` or different letter case.
 */
export function isSamePlace(a: string, b: string): boolean {
  const found = identity(a);
  return found !== undefined && found === identity(b);
}

/** True if a path, which need not exist yet, leads to a directory or into it. */
export function isInside(path: string, directory: string): boolean {
  const place = identity(directory);
  // A directory that does not exist yet is compared by name.
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
