import { artefactText } from './capture.js';
import { checkGolden, type GoldenVerdict } from './check-golden.js';
import type { GoldenDifference } from './golden-difference.js';
import { asRun, type GoldenRun } from './golden-run.js';
import type { GoldenTree } from './golden-tree.js';
import { pendingDirectory } from './judge.js';
import type { PendingGolden } from './waiting.js';

/** A pending result as a run. */
function pendingRun({ golden }: PendingGolden): GoldenRun {
  return asRun(golden.record, (artefact) => artefactText(artefact, golden.files[artefact.file ?? '']));
}

/** Compares a pending result with its current golden. */
export function checkPending(
  tree: GoldenTree,
  pending: PendingGolden,
  compare: (golden: GoldenRun, pending: GoldenRun) => Promise<GoldenDifference>,
): Promise<GoldenVerdict> {
  const run = pendingRun(pending);
  return checkGolden(tree, pendingDirectory(tree, pending), run, (golden) => compare(golden, run));
}
