import type { Json } from '../../base/canonical-json.js';
import { AetherError } from '../../base/errors.js';
import type { ArtefactReader } from '../../store/port.js';
import { diffRuns, type RunDiff } from '../diff/diff-runs.js';
import type { Divergence } from '../diff/divergence.js';
import type { InputDifference } from '../diff/input-differences.js';
import { describeNotFound } from '../find/lookup.js';
import { openRun } from '../open-run.js';
import type { RunView } from '../run-view.js';

/** The first difference of two results. */
export interface FirstDifference {
  /** Null for records of the whole run. */
  readonly tick: number | null;
  /** The last possible tick, if the bytes for the exact one are gone; otherwise null. */
  readonly tick_to: number | null;
  readonly artefact: string;
  /** JSON pointer into the record; '' if one side has no such record. */
  readonly pointer: string;
  /** Null also if that side has no value. */
  readonly a: Json;
  readonly b: Json;
}

/** Why a run differs. */
export interface RunCause {
  /** Versions if two engines computed the runs, otherwise null. */
  readonly engine: { readonly a: string; readonly b: string } | null;
  /** Documents that differ in a field that can change a result. */
  readonly documents: readonly string[];
  /** The differences; at most 100 places of each. */
  readonly inputs: readonly InputDifference[];
  readonly more_inputs: boolean;
}

/** Result of comparing both runs. */
interface RunDifference {
  readonly cause: RunCause;
  /** Null if the results are the same. */
  readonly first: FirstDifference | null;
}

export type Looked =
  | { readonly ok: true; readonly value: RunDifference }
  /** Why it is unknown. */
  | { readonly ok: false; readonly why: string };

/** Compares two stored runs; unreadable bytes are a reason, not an exception. */
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
