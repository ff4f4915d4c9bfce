import { canonicalJson, type Json } from '../base/canonical-json.js';
import { sha256, type Digest } from '../base/digest.js';
import { AetherError } from '../base/errors.js';
import type { RunId } from '../base/run-id.js';
import type { RunInputs } from '../engine/inputs.js';
import {
  isLog,
  repairTree,
  repairBlob,
  type DiskStore,
  type TreeRepairReport,
  type RunRecord,
  type StoreProblem,
} from '../store/index.js';
import { rederiveBlobs } from './rederive-blobs.js';

export interface RepairOptions {
  /** Open for writing. */
  readonly store: DiskStore;
  /** Findings of verify. */
  readonly problems: readonly StoreProblem[];
  /** Inputs of a run whose recorded inputs are broken as well, found by input key; undefined if unknown. */
  readonly inputsFor: (key: Digest) => Promise<RunInputs | undefined>;
}

export interface RepairReport extends TreeRepairReport {
  /** Restored blobs, ascending. */
  readonly repaired: readonly Digest[];
  /** Blobs that are still broken, and why. */
  readonly unrepaired: readonly { readonly digest: Digest; readonly why: string }[];
}

type BrokenBlob = Extract<StoreProblem, { readonly digest: Digest }>;

/**
 * Sets damaged records aside, points broken refs to existing runs, and restores broken and missing blobs by
 * computing their runs again. A blob is replaced only by bytes with its digest, so a repair can fail but
 * never falsify.
 *
 * An error of the store is reported for the place it concerns, and the repair continues.
 */
export async function repairStore(options: RepairOptions): Promise<RepairReport> {
  const tree = await repairTreeFirst(options);
  const broken = options.problems.filter((problem) => 'digest' in problem);
  const repair = new Repair(options, broken);
  const derivable = broken.filter((problem) => !isLog(problem));
  for (const id of new Set(derivable.flatMap(({ runs }) => runs))) await repair.run(id);
  return { ...tree, ...repair.report(broken) };
}

/** Repairs records first; if the store refuses that as a whole, blobs can still be restored. */
async function repairTreeFirst({ store, problems }: RepairOptions): Promise<TreeRepairReport> {
  try {
    return await repairTree(store, problems);
  } catch (error) {
    if (!(error instanceof AetherError)) throw error;
    const why = error.message;
    const left = problems.filter(({ type }) => type === 'record_corrupt' || type === 'ref_broken');
    return { set_aside: [], refs: [], unmended: left.map(({ path }) => ({ path, why })) };
  }
}

class Repair {
  readonly #options: RepairOptions;
  readonly #wanted: Set<Digest>;
  readonly #repaired = new Set<Digest>();
  readonly #why = new Map<Digest, string>();
  /** Blobs whose bytes were computed and could not be written. */
  readonly #refused = new Map<Digest, string>();

  constructor(options: RepairOptions, broken: readonly BrokenBlob[]) {
    this.#options = options;
    this.#wanted = new Set(broken.map(({ digest }) => digest));
  }

  async run(id: RunId): Promise<void> {
    const { store } = this.#options;
    const record = await store.run(id);
    if (record === undefined || this.#missingOf(record).length === 0) return;
    const inputs = await this.#inputs(record);
    const missing = this.#missingOf(record);
    if (missing.length === 0) return;
    if (inputs === undefined) {
      this.#blame(
        missing,
        `the inputs of ${id} are broken as well, and no loaded manifest has them; name one with --manifests`,
      );
      return;
    }
    const made = new Map<Digest, Uint8Array>();
    await rederiveBlobs(inputs, record, new Set(missing.map(({ digest }) => digest)), (digest, bytes) =>
      made.set(digest, new Uint8Array(bytes)),
    );
    for (const [digest, bytes] of made) await this.#putBack(digest, bytes);
    this.#blame(this.#missingOf(record), otherBytes(record));
  }

  report(broken: readonly BrokenBlob[]): Pick<RepairReport, 'repaired' | 'unrepaired'> {
    const left = broken.filter(({ digest }) => !this.#repaired.has(digest));
    for (const problem of left) if (isLog(problem)) this.#why.set(problem.digest, ONLY_A_LOG);
    return {
      repaired: [...this.#repaired].sort(),
      unrepaired: left.map(({ digest }) => ({
        digest,
        why: this.#refused.get(digest) ?? this.#why.get(digest) ?? UNUSED,
      })),
    };
  }

  /** Stored chunks of the run that are still broken and may be restored. */
  #missingOf(record: RunRecord): { readonly kind: string; readonly digest: Digest }[] {
    return record.artefacts
      .filter(({ stored }) => stored)
      .flatMap(({ kind, chunks }) => chunks.map(({ digest }) => ({ kind, digest })))
      .filter(({ digest }) => this.#wanted.has(digest))
      .filter(({ digest }) => !this.#repaired.has(digest) && !this.#refused.has(digest));
  }

  /** The recorded inputs; if those are broken, the same from a manifest, which also repairs them. */
  async #inputs(record: RunRecord): Promise<RunInputs | undefined> {
    const { store, inputsFor } = this.#options;
    const entry = record.artefacts.find(({ kind }) => kind === 'inputs');
    try {
      const pieces = await Promise.all((entry?.chunks ?? []).map(({ digest }) => store.blob(digest)));
      return pieces.length === 0 ? undefined : (JSON.parse(Buffer.concat(pieces).toString()) as RunInputs);
    } catch (error) {
      if (!(error instanceof AetherError)) throw error;
    }
    const inputs = await inputsFor(record.input_key);
    if (inputs === undefined) return undefined;
    const bytes = Buffer.from(`${canonicalJson(inputs as unknown as Json)}\n`);
    if (entry?.digest === sha256(bytes) && entry.chunks.length === 1)
      await this.#putBack(entry.digest, bytes);
    return inputs;
  }

  async #putBack(digest: Digest, bytes: Uint8Array): Promise<void> {
    try {
      await repairBlob(this.#options.store, digest, bytes);
      this.#repaired.add(digest);
    } catch (error) {
      if (!(error instanceof AetherError)) throw error;
      this.#refused.set(digest, error.message);
    }
  }

  #blame(blobs: readonly { readonly kind: string; readonly digest: Digest }[], why: string): void {
    for (const { kind, digest } of blobs) {
      this.#why.set(digest, kind === 'log' ? ONLY_A_LOG : `${kind}: ${why}`);
    }
  }
}

const ONLY_A_LOG = 'a log contains times and cannot be derived again';
const UNUSED = 'no run uses it; gc removes it';

function otherBytes({ id, engine }: RunRecord): string {
  return `computing ${id} again gives other bytes; it was computed by engine ${engine.version}`;
}
