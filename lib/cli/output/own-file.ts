import { closeSync, constants, openSync, readFileSync } from 'node:fs';
import { errorCode } from '../../base/errors.js';
import { entryAt } from './claim.js';

/** Decides from its content whether a file was made by this tool. */
export type IsOwn = (content: string) => boolean;

/** What lies where an output goes: nothing, a file that this tool made, or anything else. */
export function outputState(path: string, isOwn: IsOwn): 'absent' | 'own' | 'foreign' {
  const entry = entryAt(path);
  if (entry === undefined) return 'absent';
  if (!entry.isFile()) return 'foreign';
  const content = contentOf(path);
  if (content === undefined) return 'absent';
  return isOwn(content) ? 'own' : 'foreign';
}

/** Undefined when the file has gone in the meantime; never waits for what took its place. */
function contentOf(path: string): string | undefined {
  try {
    const file = openSync(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
    try {
      return readFileSync(file, 'utf8');
    } finally {
      closeSync(file);
    }
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return undefined;
    // Whatever cannot be read is not known to be ours.
    return '';
  }
}
