import type { Json } from '../base/canonical-json.js';
import type { JsonDifference } from '../base/json-difference.js';
import type { RunRecord } from '../store/records.js';
import type { CapturedRun } from './capture.js';
import type { GoldenRecord } from './golden-record.js';
import type { GoldenRun } from './golden-run.js';

/** Where a run leaves its golden: `a` is what the golden says, `b` what the run gave. */
export interface GoldenDifference {
  /** The divergence that happened first. */
  readonly first: {
    /** Null for records of the whole run. */
    readonly tick: number | null;
    /** The last tick it may belong to, when the golden does not keep the bytes that would tell; else null. */
    readonly tick_to: number | null;
    readonly artefact: string;
    readonly pointer: string;
    readonly a: Json | undefined;
    readonly b: Json | undefined;
    readonly a_record: Json | undefined;
    readonly b_record: Json | undefined;
  } | null;
  readonly artefacts: readonly {
    readonly artefact: string;
    readonly records: { readonly count: number; readonly exact: boolean } | null;
  }[];
  /** Documents that differ in something that can change a result, and where. */
  readonly documents: readonly string[];
  readonly inputs: readonly (JsonDifference & { readonly document: string })[];
  readonly more_inputs: boolean;
  /** Versions, when another engine gave the golden. */
  readonly engine: { readonly a: string; readonly b: string } | null;
}

/** Locates where a run leaves its golden. */
export type GoldenComparer = (
  golden: GoldenRun,
  run: Pick<CapturedRun, 'record'>,
) => Promise<GoldenDifference>;

/**
 * Why a result is another one than before. inputs: its documents are. engine: they are not, but the engine calls itself
 * another version. behaviour: neither is; the same documents give other bytes under the same version.
 */
export type Cause = 'inputs' | 'engine' | 'behaviour';

/** Tells a changed input from a changed behaviour, by the digests of the documents. */
export function causeOf(golden: GoldenRecord, run: RunRecord): Cause {
  const names = new Set([...Object.keys(golden.inputs), ...Object.keys(run.inputs)]);
  for (const name of names) {
    if ((golden.inputs[name] ?? null) !== (run.inputs[name] ?? null)) return 'inputs';
  }
  return golden.engine_version === run.engine.version ? 'behaviour' : 'engine';
}
