/**
 * golden/ keeps accepted results and compares runs with them (batch contract, section 6): capture, check,
 * pending results, and the judgement.
 *
 * Invariants: a golden is files that people review and git stores, with the author, time and reason of its
 * acceptance; digests decide, and bytes are only compared on a difference; missing, changed, damaged and
 * obsolete goldens all fail; a pending result is self-contained and stays until it is judged; every file is
 * replaced atomically, and golden.json, which lists the others, last.
 */
export { awaiting } from './awaiting.js';
export { type BatchGoldensOptions } from './batch-goldens.js';
export { portablePath } from './elsewhere.js';
export { isDamage } from './golden-file.js';
export { captureGolden, type CapturedRun } from './capture.js';
export { checkGolden, type GoldenVerdict } from './check-golden.js';
export { agrees } from './ending.js';
export {
  goldenChecks,
  type GoldenChecksOptions,
  type GoldenReport,
  type GoldenResult,
  type GoldenSubject,
} from './golden-checks.js';
export { type GoldenComparer, type GoldenDifference } from './golden-difference.js';
export type { Acceptance, GoldenRecord } from './golden-record.js';
export { goldenDirectory } from './golden-directory.js';
export { goldenRun } from './golden-run.js';
export { goldenPlaces, type GoldenPlace } from './golden-places.js';
export { GoldenTree } from './golden-tree.js';
export { inputLines } from './input-lines.js';
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
} from './judge.js';
export { keptDigests } from './kept-digests.js';
export { latestAgrees } from './latest-agrees.js';
export { lastDisagreed } from './last-disagreed.js';
export { isOfBadRun } from './not-judged.js';
export { obsoleteGoldens, unreadableDirectories } from './obsolete.js';
export { withoutLongRecords } from './long-record.js';
export { PendingResults, slotOf } from './pending.js';
export { checkPending } from './pending-run.js';
export { renamedGoldens, type Missing, type Renamed } from './renamed.js';
export { askedElsewhere, projectReferences, type AskedElsewhere } from './project-references.js';
export { describeVerdict, recordDiff } from './render-verdict.js';
export { sharedGolden, sharedGoldens } from './shared-goldens.js';
export { slotOfSubject } from './slot-of-subject.js';
export { shortJson } from './short-json.js';
export { capturedRun, goldenComparer } from './stored-run.js';
export { isPending, type PendingGolden, type RejectedGolden } from './waiting.js';
