import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { nameOfPending } from '../../golden/pending/pending-name.js';
import { idOfRecordFile, isStoreName, SEGMENTS } from '../../store/layout.js';

/** Number of latest ids that are proposed without a prefix. */
const RECENT = 10;

/** Words from the directory names of a store, without reading a record. */
export interface StoredWords {
  /** Names that have a run, ascending. */
  readonly names: readonly string[];
  /** Run ids, the latest first: all with the typed prefix, or the most recent ones. */
  readonly ids: readonly string[];
  /** The same for batches. */
  readonly batches: readonly string[];
}

/** Lists the names in a directory of a store. */
type Lister = (directory: string) => readonly string[];

/** The words of the store in a directory; none if there is no store. */
export async function storedWords(root: string, typed: string): Promise<StoredWords> {
  const plain = (): StoredWords => wordsOf((directory) => namesIn(join(root, directory)), typed);
  // Opened only if names may also be in segments.
  if (!existsSync(join(root, SEGMENTS))) return plain();
  const { openForReading, withStore } = await import('../open-store.js');
  return withStore(openForReading(root), ({ reader }) =>
    Promise.resolve(wordsOf((directory) => reader.list(directory).map(({ name }) => name), typed)),
  ).catch(plain);
}

function wordsOf(list: Lister, typed: string): StoredWords {
  return {
    names: list('refs/scenarios').filter(isStoreName).sort(),
    ids: idsAmong(list('runs'), typed),
    batches: idsAmong(list('batches'), typed),
  };
}

function idsAmong(names: readonly string[], typed: string): readonly string[] {
  const ids = names
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
