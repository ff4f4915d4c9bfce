import { AetherError } from '../../base/errors.js';
import type { RunInputs } from '../../engine/inputs.js';
import { isResultKind } from '../../base/result-digest.js';
import { ARTEFACT_KINDS, type ArtefactKind } from '../../session/records.js';
import { CausalOrder } from './causal-order.js';
import { countDifferences, type DifferingRecords } from './count-differences.js';
import type { Divergence } from './divergence.js';
import { DivergenceSearch } from './divergence-search.js';
import { INPUT_DOCUMENTS, inputDifferences, type InputDifference } from './input-differences.js';
import type { RunView } from '../run-view.js';

export type { Divergence } from './divergence.js';

/** An artefact that differs between the sides. */
interface DifferingArtefact {
  readonly artefact: ArtefactKind;
  /** Null if only one side has the artefact, or if its bytes are not stored on both sides. */
  readonly records: DifferingRecords | null;
}

export interface RunDiff {
  /** True if every result artefact has the same bytes. */
  readonly equal: boolean;
  /** Null when equal. */
  readonly first: Divergence | null;
  readonly artefacts: readonly DifferingArtefact[];
  /** Documents that differ in a field that can change a result. */
  readonly documents: readonly string[];
  /**
   * The differences; at most 100 places of each. Empty also if the documents of one side are no longer
   * stored.
   */
  readonly inputs: readonly InputDifference[];
  readonly more_inputs: boolean;
  /** Versions if two engines computed the runs, otherwise null. */
  readonly engine: { readonly a: string; readonly b: string } | null;
}

export interface DiffOptions {
  /**
   * Maximum of bytes to read for counting differing records; default 4 MiB. The first divergence is always
   * exact.
   */
  readonly count_bytes?: number;
}

const LISTED = 100;

/**
 * Compares two runs: artefact digests first, then chunk digests, then one chunk. Reports the earliest
 * divergence; of several at one tick, the first in causal order.
 *
 * @throws AetherError STORE_BLOB_*, REPLAY_MISMATCH when a side cannot be read; RUN_WITHOUT_INPUTS
 */
export async function diffRuns(a: RunView, b: RunView, options: DiffOptions = {}): Promise<RunDiff> {
  const [inputsA, inputsB] = [await keptInputs(a), await keptInputs(b)];
  const about = differingDocuments(a, b, inputsA, inputsB);
  const kinds = differingKinds(a, b);
  if (kinds.length === 0) return { equal: true, first: null, artefacts: [], ...about };
  const [orderA, orderB] = [inputsA ?? inputsB, inputsB ?? inputsA];
  if (orderA === undefined || orderB === undefined) {
    throw new AetherError('RUN_WITHOUT_INPUTS', 'the documents of neither run are stored');
  }
  const search = new DivergenceSearch(
    { artefacts: a.artefacts, order: new CausalOrder(orderA) },
    { artefacts: b.artefacts, order: new CausalOrder(orderB) },
  );
  const first = await search.among(kinds);
  const artefacts = await countEach(a, b, kinds, options.count_bytes ?? 4 << 20);
  return { equal: false, first, artefacts, ...about };
}

function differingDocuments(
  a: RunView,
  b: RunView,
  inputsA: RunInputs | undefined,
  inputsB: RunInputs | undefined,
): Pick<RunDiff, 'documents' | 'inputs' | 'more_inputs' | 'engine'> {
  const documents = INPUT_DOCUMENTS.filter((name) => a.record.inputs[name] !== b.record.inputs[name]);
  const known = inputsA !== undefined && inputsB !== undefined;
  const places = known ? inputDifferences(inputsA, inputsB, LISTED) : { inputs: [], more_inputs: false };
  const versions = { a: a.record.engine.version, b: b.record.engine.version };
  return { documents, ...places, engine: versions.a === versions.b ? null : versions };
}

function differingKinds(a: RunView, b: RunView): readonly ArtefactKind[] {
  return ARTEFACT_KINDS.filter(
    (kind) => isResultKind(kind) && a.artefacts.entry(kind)?.digest !== b.artefacts.entry(kind)?.digest,
  );
}

async function countEach(
  a: RunView,
  b: RunView,
  kinds: readonly ArtefactKind[],
  budget: number,
): Promise<readonly DifferingArtefact[]> {
  const list: DifferingArtefact[] = [];
  let left = budget;
  for (const artefact of kinds) {
    const [x, y] = [a.artefacts.entry(artefact), b.artefacts.entry(artefact)];
    const isStored = x?.stored === true && y?.stored === true;
    const records = isStored ? await ifKept(() => count(a, b, artefact, left)) : undefined;
    list.push({ artefact, records: records ?? null });
    if (isStored) left -= Math.min(left, x.size + y.size);
  }
  return list;
}

async function count(a: RunView, b: RunView, kind: ArtefactKind, budget: number): Promise<DifferingRecords> {
  const x = await a.artefacts.reader(a.artefacts.entry(kind)!);
  return countDifferences(x, await b.artefacts.reader(b.artefacts.entry(kind)!), budget);
}

function keptInputs(run: RunView): Promise<RunInputs | undefined> {
  return ifKept(() => run.inputs());
}

/** Undefined if the bytes are gone: a golden may survive the store of its larger artefacts. */
async function ifKept<T>(read: () => Promise<T>): Promise<T | undefined> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof AetherError && error.code === 'STORE_BLOB_MISSING') return undefined;
    throw error;
  }
}
