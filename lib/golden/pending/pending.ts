import { join } from 'node:path';
import type { Json } from '../../base/canonical-json.js';
import { sha256 } from '../../base/digest.js';
import { AetherError } from '../../base/errors.js';
import { goldenText, isDamage, orDamaged } from '../tree/golden-file.js';
import { PENDING, type GoldenTree } from '../tree/golden-tree.js';
import { nameOfPending } from './pending-name.js';
import { removeFiles, replaceFiles } from '../tree/replace-files.js';
import {
  isPending,
  parseWaiting,
  type PendingGolden,
  type RejectedGolden,
  type Slot,
  type Waiting,
} from './waiting.js';

/** A file of a pending result that cannot be read. */
export interface PendingProblem {
  /** From its file name; '' for the whole directory. */
  readonly name: string;
  readonly message: string;
}

/** Pending and rejected results, one file for each golden, beside the goldens but not in version control. */
export class PendingResults {
  readonly #tree: GoldenTree;
  readonly #directory: string;

  constructor(tree: GoldenTree) {
    this.#tree = tree;
    this.#directory = join(tree.root, PENDING);
  }

  /** All pending and rejected results, ascending by file, and the unreadable files. */
  all(): { readonly items: readonly Waiting[]; readonly problems: readonly PendingProblem[] } {
    const items: Waiting[] = [];
    const problems: PendingProblem[] = [];
    const attempt = <T>(name: string, read: () => T): T | undefined => {
      try {
        return read();
      } catch (error) {
        if (!isDamage(error)) throw error;
        problems.push({ name, message: error.message });
        return undefined;
      }
    };
    for (const file of attempt('', () => this.#files()) ?? []) {
      const item = attempt(nameOfPending(file), () => this.#readFile(file));
      if (item !== undefined) items.push(item);
    }
    return { items, problems };
  }

  /** Pending results, by file. */
  pending(): readonly PendingGolden[] {
    return this.all().items.filter(isPending);
  }

  /** Results that were rejected, by file. */
  rejected(): readonly RejectedGolden[] {
    return this.all().items.filter((item) => !isPending(item));
  }

  /** The pending or rejected result of a golden. @throws AetherError GOLDEN_DAMAGED */
  read(slot: Slot): Waiting | undefined {
    const item = this.#readFile(fileOf(slot));
    if (item !== undefined || slot.directory === null) return item;
    const older = this.#readFile(fileOf({ ...slot, directory: null }));
    return older !== undefined && isFor(older, slot) ? older : undefined;
  }

  async put(slot: Slot, item: Waiting): Promise<void> {
    const text = `${JSON.stringify(item as unknown as Json)}\n`;
    await replaceFiles(this.#tree, this.#directory, [[fileOf(slot), text]]);
    await this.#removeOlder(slot);
  }

  async remove(slot: Slot): Promise<void> {
    await removeFiles(this.#tree.files, this.#directory, [fileOf(slot)]);
    await this.#removeOlder(slot);
  }

  /** Older versions kept all results of a run in one file, for all directories of its goldens. */
  async #removeOlder(slot: Slot): Promise<void> {
    if (slot.directory === null) return;
    const file = fileOf({ ...slot, directory: null });
    let older: Waiting | undefined;
    try {
      older = this.#readFile(file);
    } catch {
      return;
    }
    if (older !== undefined && isFor(older, slot)) {
      await removeFiles(this.#tree.files, this.#directory, [file]);
    }
  }

  #files(): readonly string[] {
    const entries = orDamaged(this.#directory, () => this.#tree.files.list(this.#directory));
    return entries.map(({ name }) => name).filter((name) => name.endsWith('.json') && !name.startsWith('.'));
  }

  #readFile(file: string): Waiting | undefined {
    const path = join(this.#directory, file);
    const text = goldenText(this.#tree.files, path);
    if (text === undefined) return undefined;
    const parsed = parseWaiting(text);
    if (!('problem' in parsed)) return parsed;
    throw new AetherError(
      'GOLDEN_DAMAGED',
      `${path} ${parsed.problem}; delete it, the next batch creates it again`,
    );
  }
}

/** The slot of a pending or rejected result. */
export function slotOf(item: Waiting): Slot {
  if (isPending(item)) return { name: item.golden.record.name, directory: item.directory };
  return { name: item.name, directory: item.pending?.directory ?? null };
}

/**
 * Run name, and for a golden in another directory a digest of the directory; `@` cannot be part of a run
 * name.
 */
function fileOf({ name, directory }: Slot): string {
  return directory === null ? `${name}.json` : `${name}@${sha256(directory).slice(0, 12)}.json`;
}

/** A rejection of an older version does not contain its directory. */
function isFor(item: Waiting, { directory }: Slot): boolean {
  return slotOf(item).directory === directory || (!isPending(item) && item.pending === undefined);
}
