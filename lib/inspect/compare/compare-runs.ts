import type { Json } from '../../base/canonical-json.js';
import { AetherError } from '../../base/errors.js';
import { jsonDifferences } from '../../base/json-difference.js';
import { valueAtPointer } from '../../base/json-pointer.js';
import type { RunId } from '../../base/run-id.js';
import type { ArtefactStore } from '../../store/port.js';
import { resultOf } from '../../store/record-types.js';
import { runDifference, type FirstDifference, type RunCause } from '../batch-diff/run-difference.js';
import { OBSERVABLE_COLUMNS } from '../columns/observable-columns.js';
import type { Value } from '../columns/value.js';
import { decisiveInputs, firstOf, INPUT_DOCUMENTS, type InputDocument } from '../diff/input-differences.js';
import { openRun } from '../open-run.js';
import type { SelectedRun } from '../selection/index.js';

/** Version of the shape below; raised when a field changes its meaning or is removed. */
const RUN_COMPARISON_VERSION = 1;

/** Maximum number of compared fields per document. */
const LISTED = 100;

interface ComparedRun {
  readonly name: string;
  readonly run: RunId;
  readonly state: string;
  readonly engine: string;
  readonly result_digest: string | null;
}

/** A field that differs between runs; one value per run, null if it has none. */
interface ComparedInput {
  readonly document: InputDocument;
  readonly pointer: string;
  readonly values: readonly Json[];
}

/** The first difference of a run from the first run. */
interface ComparedPair {
  readonly name: string;
  readonly run: RunId;
  /** True if both have the same result. */
  readonly equal: boolean;
  readonly cause: RunCause | null;
  /** Null if equal, or if it is unknown. */
  readonly first: FirstDifference | null;
  readonly unknown: string | null;
}

/** A comparison of several runs. */
export interface RunComparison {
  readonly v: typeof RUN_COMPARISON_VERSION;
  readonly kind: 'RunComparison';
  readonly runs: readonly ComparedRun[];
  readonly inputs: readonly ComparedInput[];
  /** True if further fields differ. */
  readonly more_inputs: boolean;
  /** Names of runs whose documents are no longer stored: their values are null. */
  readonly without_inputs: readonly string[];
  readonly observables: readonly { readonly name: string; readonly values: readonly Value[] }[];
  /** All runs but the first, each compared with the first. */
  readonly pairs: readonly ComparedPair[];
}

/** Compares runs: their inputs, their observables, and each of them with the first. */
export async function compareRuns(
  store: ArtefactStore,
  rows: readonly SelectedRun[],
): Promise<RunComparison> {
  const [first, ...others] = rows;
  const documents: (Readonly<Record<InputDocument, Json>> | undefined)[] = [];
  for (const { run } of rows) documents.push(await documentsOf(store, run.id));
  const pairs: ComparedPair[] = [];
  for (const other of others) pairs.push(await pairOf(store, first!, other));
  return {
    v: RUN_COMPARISON_VERSION,
    kind: 'RunComparison',
    runs: rows.map(({ name, run }) => ({
      name,
      run: run.id,
      state: run.state,
      engine: run.engine.version,
      result_digest: resultOf(run),
    })),
    ...differingInputs(documents),
    without_inputs: rows.filter((_, n) => documents[n] === undefined).map(({ name }) => name),
    observables: OBSERVABLE_COLUMNS.map(({ name, of }) => ({ name, values: rows.map(of) })),
    pairs,
  };
}

async function documentsOf(
  store: ArtefactStore,
  id: string,
): Promise<Readonly<Record<InputDocument, Json>> | undefined> {
  const found = await openRun(store, id);
  if (!found.ok) return undefined;
  try {
    return decisiveInputs(await found.value.inputs());
  } catch (error) {
    if (error instanceof AetherError) return undefined;
    throw error;
  }
}

function differingInputs(
  documents: readonly (Readonly<Record<InputDocument, Json>> | undefined)[],
): Pick<RunComparison, 'inputs' | 'more_inputs'> {
  const known = documents.filter((each) => each !== undefined);
  const base = known[0];
  let more_inputs = false;
  const inputs = INPUT_DOCUMENTS.flatMap((document) => {
    const pointers = new Set<string>();
    for (const other of known.slice(1)) {
      const { list, more } = firstOf(jsonDifferences(base![document], other[document]), LISTED);
      more_inputs ||= more;
      for (const { pointer } of list) pointers.add(pointer);
    }
    return [...pointers].slice(0, LISTED).map((pointer) => ({
      document,
      pointer,
      values: documents.map((each) => valueAtPointer(each?.[document], pointer) ?? null),
    }));
  });
  return { inputs, more_inputs };
}

async function pairOf(store: ArtefactStore, first: SelectedRun, other: SelectedRun): Promise<ComparedPair> {
  const told = { name: other.name, run: other.run.id };
  const equal = resultOf(first.run) === resultOf(other.run);
  const looked = await runDifference(store, first.run.id, other.run.id);
  return looked.ok
    ? { ...told, equal, ...looked.value, unknown: null }
    : { ...told, equal, cause: null, first: null, unknown: looked.why };
}
