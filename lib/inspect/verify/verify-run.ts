import { AetherError } from '../../base/errors.js';
import type { RunInputs } from '../../engine/inputs.js';
import type { RunView } from '../run-view.js';
import { Findings, type Broken } from './broken.js';
import { checkArtefactDigests, checkInputDigests, checkResultDigest } from './digest-check.js';
import { TickWalk } from './tick-walk.js';

export type { Broken } from './broken.js';

/** What verifying a run came to. */
export interface RunVerification {
  readonly run: string;
  readonly ok: boolean;
  /** The first contradiction of each check, by tick; the first of all is the one to look at. */
  readonly broken: readonly Broken[];
  /** Checks that held, in words. */
  readonly passed: readonly string[];
  /** Kinds that the store should hold, but some of whose bytes are missing or damaged. */
  readonly damaged: readonly string[];
  /** Kinds whose bytes are not stored, so that only their digests vouch for them. */
  readonly unstored: readonly string[];
}

/**
 * Verifies a run from its stored bytes alone, without the engine: artefact and result digests, input key, link hashes,
 * Merkle roots, tip, manifests, the U-ledger with everything it cites, and the observables of the record as far as stored
 * bytes give them. Names the first broken tick and field.
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

/** Undefined when the inputs are damaged, which the digests have told already, or were never recorded. */
async function readableInputs(run: RunView): Promise<RunInputs | undefined> {
  try {
    return await run.inputs();
  } catch (error) {
    if (error instanceof AetherError || error instanceof SyntaxError) return undefined;
    throw error;
  }
}
