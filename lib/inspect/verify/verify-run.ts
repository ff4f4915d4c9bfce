import { AetherError } from '../../base/errors.js';
import type { RunId } from '../../base/run-id.js';
import type { RunInputs } from '../../engine/inputs.js';
import type { RunView } from '../run-view.js';
import { Findings, type Broken } from './broken.js';
import { checkArtefactDigests, checkInputDigests, checkResultDigest } from './digest-check.js';
import { TickWalk } from './tick-walk.js';

export type { Broken } from './broken.js';

/** Result of verifying a run. */
export interface RunVerification {
  readonly run: RunId;
  readonly ok: boolean;
  /** The first contradiction of each check, by tick; start with the first. */
  readonly broken: readonly Broken[];
  /** Checks that passed, as text. */
  readonly passed: readonly string[];
  /** Kinds that the store should contain, with missing or damaged bytes. */
  readonly damaged: readonly string[];
  /** Kinds whose bytes are not stored, so that only their digests can be checked. */
  readonly unstored: readonly string[];
}

/**
 * Verifies a run from its stored bytes alone, without the engine: artefact and result digests, input key,
 * link hashes, Merkle roots, tip, manifests, the U-ledger with all referenced records, and the observables of
 * the record as far as stored bytes determine them. Reports the first broken tick and field.
 */
export async function verifyRun(run: RunView): Promise<RunVerification> {
  const findings = new Findings();
  const { record, artefacts } = run;
  const damaged = await checkArtefactDigests(artefacts, findings);
  checkResultDigest(record, findings);
  const inputs = await readableInputs(run);
  if (inputs !== undefined) {
    checkInputDigests(record, inputs, findings);
    await (await TickWalk.of(artefacts, inputs, findings)).run();
  }
  const unstored = record.artefacts.filter(({ stored }) => !stored).map(({ kind }) => kind);
  const { broken, passed } = findings;
  return { run: record.id, ok: broken.length === 0, broken, passed, damaged, unstored };
}

/** Undefined if the inputs are damaged, which the digest check reports, or were never recorded. */
async function readableInputs(run: RunView): Promise<RunInputs | undefined> {
  try {
    return await run.inputs();
  } catch (error) {
    if (error instanceof AetherError || error instanceof SyntaxError) return undefined;
    throw error;
  }
}
