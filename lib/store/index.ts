/**
 * store/ keeps the artefact tree: immutable blobs named by their SHA-256, one record per run, refs that name
 * runs (batch contract, section 4). Two adapters, on disk and in memory, meet the obligations of port.ts and
 * pass one conformance suite.
 *
 * Invariants: the tree is the source of truth and everything else can be rebuilt from it; a reader never sees
 * partial writes; a record exists only after its blobs are durable and a ref only after its record is; bytes
 * are verified on every read; the next writer sweeps the leftovers of a killed process, which block no other process;
 * damage is kept as evidence, if necessary in damaged/, which is never read as results.
 */
export { inArrivalOrder, withArrival, type Arrived } from './arrival.js';
export { openArchive, type ArchiveSource } from './archive/archive-source.js';
export { listBatches, type BatchSummary } from './batch-index.js';
export { collectGarbage, type GcOptions, type GcReport } from './upkeep/collect-garbage.js';
export { openDiskStore, DiskStore } from './disk-store.js';
export { diskUsage, type UsageLine, type UsageReport } from './upkeep/disk-usage.js';
export { artefactPieces, exportRun, type RunExport } from './archive/export-run.js';
export { importRun } from './archive/import-run.js';
export { MemoryStore } from './memory-store.js';
export { repairTree, type TreeRepairReport } from './upkeep/repair-tree.js';
export { describeNotice, type StoreNotice } from './sharing/notice.js';
export { factsSource } from './facts/facts-source.js';
export { factsOf, type RunFacts } from './facts/run-facts.js';
export { pinnedRuns, pinRun, unpinRun } from './upkeep/pins.js';
export type { ArtefactReader, ArtefactStore, BlobStager, Reliance, StagedBlob } from './port.js';
export { BATCH_RECORD, RUN_RECORD } from './record-schemas.js';
export * from './record-types.js';
export { REMARK, type Remark } from './remarks/remark.js';
export { NO_REMARKS, runRemarks } from './remarks/run-remarks.js';
export { packStore, unpackStore, type PackReport } from './upkeep/pack-store.js';
export { repairBlob } from './upkeep/repair-blob.js';
export { rootDamage } from './root-damage.js';
export { listRuns, summarise } from './run-index.js';
export { openStager } from './publish/stager.js';
export { describeStoreProblem, isLog, isWarning, type StoreProblem } from './store-problem.js';
export { tarArchive } from './archive/tar-archive.js';
export { upgradeStore } from './upkeep/upgrade-store.js';
export { verifyStore, type VerifyReport } from './upkeep/verify-store.js';
export { whyStored, type DigestUse, type WhyReport } from './upkeep/why-stored.js';
export { zipArchive } from './archive/zip-archive.js';
