import { dirname, join } from 'node:path';
import type { ExampleFile } from '../../../config/example/example-project.js';
import { makeDirectories } from '../../../platform/make-directories.js';
import { nodeTreeFiles } from '../../../platform/tree-files.js';
import { notWritten } from '../../not-written.js';

/**
 * Writes new files. If one cannot be written, the files written by this call are removed again.
 *
 * @returns a function that removes them
 * @throws AetherError REPORT_NOT_WRITTEN
 */
export async function writeNewFiles(directory: string, files: readonly ExampleFile[]): Promise<() => void> {
  const written: string[] = [];
  const undo = (): void => {
    for (const made of written) nodeTreeFiles.remove(made);
  };
  for (const { path, text } of files) {
    const target = join(directory, path);
    try {
      makeDirectories(dirname(target));
      nodeTreeFiles.create(target, text, 0o666);
      written.push(target);
      await nodeTreeFiles.sync(target);
    } catch (error) {
      undo();
      throw notWritten(target, error);
    }
  }
  return undo;
}
