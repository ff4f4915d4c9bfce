import { join } from 'node:path';
import { entryAt } from '../../output/claim.js';

/**
 * The paths to create below a directory that are not available: the name exists, or a parent exists and is
 * not a plain directory. A symbolic link counts as not available, because it leads elsewhere.
 */
export function takenPaths(directory: string, paths: readonly string[]): readonly string[] {
  const taken = new Set<string>();
  for (const path of paths) {
    const steps = path.split('/');
    for (let count = 1; count <= steps.length; count++) {
      const part = steps.slice(0, count).join('/');
      const entry = entryAt(join(directory, part));
      if (entry === undefined) break;
      if (count === steps.length || !entry.isDirectory()) {
        taken.add(part);
        break;
      }
    }
  }
  return [...taken].sort();
}
