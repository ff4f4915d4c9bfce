import type { Json } from '../../base/canonical-json.js';
import type { JsonDifference } from '../../base/json-difference.js';
import type { RunRecord } from '../../store/record-types.js';
import type { CapturedRun } from './capture.js';
import type { GoldenRecord } from '../tree/golden-record.js';
import type { GoldenRun } from './golden-run.js';

/** The difference of a run from its golden: `a` is the value in the golden, `b` the value in the run. */
export interface GoldenDifference {
  /** The earliest divergence. */
  readonly first: {
    /** Null for records of the whole run. */
    readonly tick: number | null;
    /** The last possible tick, if the golden does not contain the bytes for the exact one; otherwise null. */
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
  /** Documents that differ in a field that can change a result, and the differences. */
  readonly documents: readonly string[];
  readonly inputs: readonly (JsonDifference & { readonly document: string })[];
  readonly more_inputs: boolean;
  /** Versions, if the golden was computed by another engine. */
  readonly engine: { readonly a: string; readonly b: string } | null;
}

/** Locates the difference of a run from its golden; goldenComparer makes it, inspect/diff/divergence-search.ts searches. */
export type GoldenComparer = (
  golden: GoldenRun,
  run: Pick<CapturedRun, 'record'>,
) => Promise<GoldenDifference>;

/**
 * Why a result differs from an earlier one. inputs: the documents differ. engine: the documents are the same,
 * but the engine version differs. behaviour: both are the same; the same documents give other bytes under the
 * same version.
 */
export type Cause = 'inputs' | 'engine' | 'behaviour';

/** Distinguishes a changed input from a changed behaviour, by the digests of the documents. */
export function causeOf(golden: GoldenRecord, run: RunRecord): Cause {
  const names = new Set([...Object.keys(golden.inputs), ...Object.keys(run.inputs)]);
  for (const name of names) {
    if ((golden.inputs[name] ?? null) !== (run.inputs[name] ?? null)) return 'inputs';
  }
  return golden.engine_version === run.engine.version ? 'behaviour' : 'engine';
}
