import { shellWord } from '../../base/shell-word.js';
import { join } from 'node:path';
import type { Digest } from '../../base/digest.js';
import { agrees } from '../compare/ending.js';
import { type Ending } from '../compare/ending.js';
import { isDamage } from '../tree/golden-file.js';
import type { GoldenRecord } from '../tree/golden-record.js';
import type { GoldenTree } from '../tree/golden-tree.js';
import type { ObsoleteGolden } from './obsolete.js';

/** A golden under a former name of a run without a golden. */
export interface Renamed {
  /** Its name as an obsolete golden. */
  readonly from: string;
  /** Its directory, and the directory in which the run expects it. */
  readonly directory: string;
  readonly to: string;
  /** False if only the inputs are the same: after the move, the run differs from it. */
  readonly same_result: boolean;
  /** The remedy, in one line. */
  readonly message: string;
}

/** A run without a golden. */
export interface Missing {
  readonly name: string;
  readonly scenario: string;
  readonly directory: string;
  readonly input_key: Digest;
  /** Its end; null if the store has no run of these inputs. */
  readonly run: Ending | null;
}

/**
 * The obsolete goldens that runs without a golden had under a former name, by the name of the run: goldens of
 * the same scenario, with the input key of the run or else its result. Each golden matches at most one run.
 */
export function renamedGoldens(
  tree: GoldenTree,
  obsolete: readonly ObsoleteGolden[],
  missing: readonly Missing[],
): ReadonlyMap<string, Renamed> {
  const found = new Map<string, Renamed>();
  if (missing.length === 0) return found;
  const free = new Map(obsolete.flatMap((golden) => readable(tree, golden)));
  for (const isOf of [hasInputsOf, hasResultOf]) {
    for (const run of missing) {
      const match = found.has(run.name) ? undefined : [...free].find(([, golden]) => isOf(golden, run));
      if (match === undefined) continue;
      const [from, golden] = match;
      free.delete(from);
      const place = { directory: join(tree.root, from), to: run.directory };
      const same_result = hasResultOf(golden, run);
      found.set(run.name, { from, ...place, same_result, message: messageOf(place, same_result) });
    }
  }
  return found;
}

function messageOf({ directory, to }: Pick<Renamed, 'directory' | 'to'>, isSame: boolean): string {
  const what = isSame ? "this run's result" : "a result of this run's inputs";
  return `renamed: ${directory} holds ${what}; move it: git mv ${shellWord(directory)} ${shellWord(to)}`;
}

function readable(tree: GoldenTree, { name, directory }: ObsoleteGolden): [string, GoldenRecord][] {
  try {
    const golden = tree.read(directory);
    return golden === undefined ? [] : [[name, golden]];
  } catch (error) {
    if (!isDamage(error)) throw error;
    return [];
  }
}

function hasInputsOf(golden: GoldenRecord, { scenario, input_key }: Missing): boolean {
  return golden.scenario === scenario && golden.input_key === input_key;
}

function hasResultOf(golden: GoldenRecord, { scenario, run }: Missing): boolean {
  return golden.scenario === scenario && run !== null && agrees(golden, run);
}
