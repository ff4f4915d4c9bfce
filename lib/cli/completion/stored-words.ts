import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { nameOfPending } from '../../golden/pending/pending-name.js';
import { idOfRecordFile, isStoreName } from '../../store/layout.js';

/** Number of latest ids that are proposed without a prefix. */
const RECENT = 10;

/** Words from the directory names of a store, without opening it or reading a record. */
export interface StoredWords {
  /** Names that have a run, ascending. */
  readonly names: readonly string[];
  /** Run ids, the latest first: all with the typed prefix, or the most recent ones. */
  readonly ids: readonly string[];
  /** The same for batches. */
  readonly batches: readonly string[];
}

/** The words of the store in a directory; none if there is no store. */
export function storedWords(root: string, typed: string): StoredWords {
  return {
    names: namesIn(join(root, 'refs/scenarios')).filter(isStoreName).sort(),
    ids: idsIn(join(root, 'runs'), typed),
    batches: idsIn(join(root, 'batches'), typed),
  };
}

function idsIn(directory: string, typed: string): readonly string[] {
  const ids = namesIn(directory)
    .flatMap((name) => idOfRecordFile(name) ?? [])
    .sort()
    .reverse();
  return typed === '' ? ids.slice(0, RECENT) : ids.filter((id) => id.startsWith(typed));
}

/** Names of goldens, and of pending results, ascending. */
export function goldenWords(root: string): {
  readonly accepted: readonly string[];
  readonly pending: readonly string[];
} {
  return {
    accepted: namesIn(root).filter(isStoreName).sort(),
    pending: namesIn(join(root, '.pending'))
      .filter((file) => file.endsWith('.json'))
      .map(nameOfPending)
      .filter(isStoreName)
      .sort(),
  };
}

function namesIn(directory: string): string[] {
  try {
    return readdirSync(directory);
  } catch {
    return [];
  }
}
