import type { Json } from '../../base/canonical-json.js';
import { AetherError } from '../../base/errors.js';
import type { ArtefactReader } from '../../store/port.js';
import { diffRuns, type RunDiff } from '../diff/diff-runs.js';
import type { Divergence } from '../diff/divergence.js';
import type { InputDifference } from '../diff/input-differences.js';
import { describeNotFound } from '../lookup.js';
import { openRun } from '../open-run.js';
import type { RunView } from '../run-view.js';

/** Where two results part. */
export interface FirstDifference {
  /** Null for records of the whole run. */
  readonly tick: number | null;
  /** The last tick it may belong to, when the bytes that would tell exactly are gone; else null. */
  readonly tick_to: number | null;
  readonly artefact: string;
  /** JSON pointer into the record; '' when one side has no such record. */
  readonly pointer: string;
  /** Null also where that side has nothing. */
  readonly a: Json;
  readonly b: Json;
}

/** Why a run is not as it was. */
export interface RunCause {
  /** Versions when two engines computed the runs, else null. */
  readonly engine: { readonly a: string; readonly b: string } | null;
  /** Documents that differ in something that can change a result. */
  readonly documents: readonly string[];
  /** Where they differ; at most 100 places of each. */
  readonly inputs: readonly InputDifference[];
  readonly more_inputs: boolean;
}

/** What a look at both runs tells. */
interface RunDifference {
  readonly cause: RunCause;
  /** Null when the results are the same. */
  readonly first: FirstDifference | null;
}

export type Looked =
  | { readonly ok: true; readonly value: RunDifference }
  /** Why it cannot be told. */
  | { readonly ok: false; readonly why: string };

/** Looks at two stored runs; what cannot be read is a reason, not an exception. */
export async function runDifference(store: ArtefactReader, a: string, b: string): Promise<Looked> {
  try {
    const views: RunView[] = [];
    for (const id of [a, b]) {
      const found = await openRun(store, id);
      if (!found.ok) return { ok: false, why: describeNotFound(found) };
      views.push(found.value);
    }
    return { ok: true, value: shortDifference(await diffRuns(views[0]!, views[1]!, { count_bytes: 0 })) };
  } catch (error) {
    if (error instanceof AetherError) return { ok: false, why: `${error.code}: ${error.message}` };
    throw error;
  }
}

function shortDifference({ engine, documents, inputs, more_inputs, first }: RunDiff): RunDifference {
  return {
    cause: { engine, documents, inputs, more_inputs },
    first: first === null ? null : shortFirst(first),
  };
}

function shortFirst({ tick, tick_to, artefact, pointer, a, b }: Divergence): FirstDifference {
  return { tick, tick_to, artefact, pointer, a: a ?? null, b: b ?? null };
}
