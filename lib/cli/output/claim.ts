import { lstatSync, statSync, type Stats } from 'node:fs';
import { isInside, isSamePlace } from '../../platform/index.js';
import { UsageError } from '../command-error.js';

/** A file or directory that a command reads, and the option or operand that names it. */
export interface Input {
  readonly named: string;
  readonly path: string;
}

/**
 * Refuses an output that would lie in the store or take the place of an input, whatever the spelling of the paths.
 *
 * @param option the option that names the output
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

/** What lies at a path itself; a link is not followed. @throws UsageError where that cannot be said */
export function entryAt(path: string): Stats | undefined {
  try {
    return lstatSync(path, { throwIfNoEntry: false });
  } catch (error) {
    throw new UsageError(`cannot write ${path}: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/**
 * Refuses a directory for outputs that is something else, or that a link promises and is not there.
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

/** Undefined where a link leads nowhere, in a circle for one. */
function followedEntry(path: string): Stats | undefined {
  try {
    return statSync(path, { throwIfNoEntry: false });
  } catch {
    return undefined;
  }
}
