import { lstatSync, statSync, type Stats } from 'node:fs';
import { isInside, isSamePlace } from '../../platform/index.js';
import { UsageError } from '../command-error.js';

/** A file or directory that a command reads, and the option or operand that names it. */
export interface Input {
  readonly named: string;
  readonly path: string;
}

/**
 * Refuses an output inside the store or in the place of an input, for any spelling of the paths.
 *
 * @param option the option of the output
 * @throws UsageError
 */
export function refuseInputs(
  option: string,
  outputs: readonly string[],
  { store, inputs = [] }: { readonly store?: string; readonly inputs?: readonly Input[] },
): void {
  for (const output of outputs) {
    if (store !== undefined && isInside(output, store)) {
      throw new UsageError(
        `${option}: ${output} is inside the store ${store}, which contains only its own files`,
        'choose a place outside the store',
      );
    }
    const input = inputs.find(({ path }) => isSamePlace(path, output));
    if (input === undefined) continue;
    throw new UsageError(
      `${option}: ${output} is ${input.path}, which ${input.named} reads`,
      'choose another output path',
    );
  }
}

/** The entry at a path itself; a link is not followed. @throws UsageError if it cannot be read */
export function entryAt(path: string): Stats | undefined {
  try {
    return lstatSync(path, { throwIfNoEntry: false });
  } catch (error) {
    throw new UsageError(`cannot write ${path}: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/**
 * Refuses an output directory that is something else, or a dangling symbolic link.
 *
 * @throws UsageError
 */
export function refuseNoDirectory(option: string, path: string): void {
  const entry = entryAt(path);
  if (entry === undefined) return;
  const followed = entry.isSymbolicLink() ? followedEntry(path) : entry;
  if (followed?.isDirectory() === true) return;
  const what = followed === undefined ? 'is a dangling symbolic link' : 'is not a directory';
  throw new UsageError(`${option}: ${path} ${what}`, 'name a directory, or one that does not exist yet');
}

/** Undefined if a link cannot be followed, for example because of a cycle. */
function followedEntry(path: string): Stats | undefined {
  try {
    return statSync(path, { throwIfNoEntry: false });
  } catch {
    return undefined;
  }
}
