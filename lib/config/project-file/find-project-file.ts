import { join, relative } from 'node:path';
import type { DocumentFiles } from '../../base/ports.js';
import { projectOf } from '../project-root.js';
import { PROJECT_FILE } from './project-settings.js';

/**
 * The project file for a working directory: that of its project, found by the rule for the project of a
 * manifest. Relative to the working directory; undefined if the project has none.
 */
export function findProjectFile(directory: string, files: DocumentFiles): string | undefined {
  const root = projectOf(join(directory, PROJECT_FILE), files).directory;
  const file = join(root, PROJECT_FILE);
  try {
    if (files.entry(file) === 'missing') return undefined;
  } catch {
    // Reading the file reports the error.
  }
  return relative(directory, file);
}
