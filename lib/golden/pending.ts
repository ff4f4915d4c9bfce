import { join } from 'node:path';
import type { Json } from '../base/canonical-json.js';
import type { Digest } from '../base/digest.js';
import { isStoreName } from '../store/layout.js';
import type { CapturedGolden } from './capture.js';
import { parseGolden, type Acceptance } from './golden-record.js';
import type { GoldenTree } from './golden-tree.js';
import { removeFiles, replaceFiles } from './replace-files.js';

/** A result that waits for its judgement. Complete in itself: it outlives the run, the store and any clean-up. */
export interface PendingGolden {
  readonly schema: 'aether-golden-pending/1';
  /** Where it goes when accepted: a directory, relative to that of the goldens; null for the run's usual place. */
  readonly directory: string | null;
  readonly verdict: 'changed' | 'missing';
  /** Run that gave the result, as evidence while the store keeps it. */
  readonly run: string;
  readonly golden: CapturedGolden;
}

/** A result judged to be wrong: the check goes on failing, but nobody is asked again about the same bytes. */
export interface RejectedGolden {
  readonly schema: 'aether-golden-rejected/1';
  readonly name: string;
  readonly result_digest: Digest;
  readonly rejected: Acceptance;
}

export type Waiting = PendingGolden | RejectedGolden;

const DIRECTORY = '.pending';

/** Pending and rejected results, one file each, beside the goldens but out of version control. */
export class PendingShelf {
  readonly #tree: GoldenTree;
  readonly #directory: string;

  constructor(tree: GoldenTree) {
    this.#tree = tree;
    this.#directory = join(tree.root, DIRECTORY);
  }

  /** Names with something on the shelf, ascending. */
  names(): readonly string[] {
    return this.#tree.files
      .list(this.#directory)
      .map(({ name }) => (name.endsWith('.json') ? name.slice(0, -5) : ''))
      .filter(isStoreName);
  }

  /** Undefined when there is nothing, or nothing readable, for that name. */
  read(name: string): Waiting | undefined {
    const text = isStoreName(name)
      ? this.#tree.files.readText(join(this.#directory, `${name}.json`))
      : undefined;
    return text === undefined ? undefined : parseWaiting(text);
  }

  /** Results that wait for a judgement, by name. */
  pending(): readonly PendingGolden[] {
    return this.names()
      .map((name) => this.read(name))
      .filter((item) => item?.schema === 'aether-golden-pending/1');
  }

  async put(name: string, item: Waiting): Promise<void> {
    const { files } = this.#tree;
    if (files.readText(join(this.#directory, '.gitignore')) === undefined) {
      await replaceFiles(files, this.#directory, [['.gitignore', '*\n']]);
    }
    const text = `${JSON.stringify(item as unknown as Json)}\n`;
    await replaceFiles(files, this.#directory, [[`${name}.json`, text]]);
  }

  async remove(name: string): Promise<void> {
    await removeFiles(this.#tree.files, this.#directory, [`${name}.json`]);
  }
}

function parseWaiting(text: string): Waiting | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  const item = value as Partial<Waiting> | null;
  if (item?.schema === 'aether-golden-rejected/1') return item as RejectedGolden;
  if (item?.schema !== 'aether-golden-pending/1') return undefined;
  const pending = item as PendingGolden;
  return parseGolden(JSON.stringify(pending.golden.record)) === undefined ? undefined : pending;
}
