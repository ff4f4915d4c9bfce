import { artefactText } from '../compare/capture.js';
import { checkGolden, type GoldenVerdict } from '../compare/check-golden.js';
import type { GoldenDifference } from '../compare/golden-difference.js';
import { asRun, type GoldenRun } from '../compare/golden-run.js';
import type { GoldenTree } from '../tree/golden-tree.js';
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
