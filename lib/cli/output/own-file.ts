import { closeSync, constants, openSync, readFileSync } from 'node:fs';
import { errorCode } from '../../base/errors.js';
import { entryAt } from './claim.js';

/** Decides from its content whether a file was written by this tool. */
export type IsOwn = (content: string) => boolean;

/** The entry at an output path: none, a file written by this tool, or anything else. */
export function outputState(path: string, isOwn: IsOwn): 'absent' | 'own' | 'foreign' {
  const entry = entryAt(path);
  if (entry === undefined) return 'absent';
  if (!entry.isFile()) return 'foreign';
  const content = contentOf(path);
  if (content === undefined) return 'absent';
  return isOwn(content) ? 'own' : 'foreign';
}

/** Undefined if the file was removed meanwhile; never waits for an entry that replaced it. */
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
    // An unreadable file is not recognised as ours.
    return '';
  }
}
