import { join } from 'node:path';
import { entryAt } from '../../output/claim.js';

/**
 * Of paths that are to be made below a directory, those that are taken: something has the name itself, or the name of
 * a directory on the way and is no plain directory. A link counts as taken, because it leads elsewhere.
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
