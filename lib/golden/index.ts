/**
 * golden/ keeps accepted results and compares runs with them (batch contract, section 6): capture, check,
 * pending results, and the judgement.
 *
 * Invariants: a golden is files that people review and git stores, with the author, time and reason of its
 * acceptance; digests decide, and bytes are only compared on a difference; missing, changed, damaged and
 * obsolete goldens all fail; a pending result is self-contained and stays until it is judged; every file is
 * replaced atomically, and golden.json, which lists the others, last.
 */
export { awaiting } from './pending/awaiting.js';
export { type BatchGoldensOptions } from './check/batch-goldens.js';
export { portablePath } from './places/elsewhere.js';
export { isDamage } from './tree/golden-file.js';
export { captureGolden, type CapturedRun } from './compare/capture.js';
export { checkGolden, type GoldenVerdict } from './compare/check-golden.js';
export { agrees } from './compare/ending.js';
export {
  goldenChecks,
  type GoldenChecksOptions,
  type GoldenReport,
  type GoldenResult,
  type GoldenSubject,
} from './check/golden-checks.js';
export { type GoldenComparer, type GoldenDifference } from './compare/golden-difference.js';
export type { Acceptance, GoldenRecord } from './tree/golden-record.js';
export { goldenDirectory } from './places/golden-directory.js';
export { goldenRun } from './compare/golden-run.js';
export { goldenPlaceOf, goldenPlaces, type GoldenPlace } from './places/golden-places.js';
export { GoldenTree } from './tree/golden-tree.js';
export { inputLines } from './compare/input-lines.js';
export {
  acceptPending,
  acceptResult,
  goldenDigest,
  pendingDirectory,
  rejectPending,
  rejectResult,
  reopenRejected,
  resultName,
  type Seen,
} from './pending/judge.js';
export { keptDigests } from './places/kept-digests.js';
export { latestAgrees } from './compare/latest-agrees.js';
export { lastDisagreed } from './check/last-disagreed.js';
export { isOfBadRun } from './check/not-judged.js';
export { obsoleteGoldens, unreadableDirectories } from './places/obsolete.js';
export { withoutLongRecords } from './compare/long-record.js';
export { PendingResults, slotOf } from './pending/pending.js';
export { checkPending } from './pending/pending-run.js';
export { renamedGoldens, type Missing, type Renamed } from './places/renamed.js';
export { askedElsewhere, projectReferences, type AskedElsewhere } from './places/project-references.js';
export { describeVerdict, recordDiff } from './compare/render-verdict.js';
export { sharedGolden, sharedGoldens } from './places/shared-goldens.js';
export { shortJson } from './compare/short-json.js';
export { capturedRun, goldenComparer } from './compare/golden-comparer.js';
export { isPending, slotOfSubject, type PendingGolden, type RejectedGolden } from './pending/waiting.js';
