import type { RunId } from '../base/run-id.js';
import type { RunInputs } from '../engine/inputs.js';
import { ENGINE_VERSION, inputKey } from '../session/input-key.js';
import { LastRuns } from '../store/last-runs.js';
import type { ArtefactReader } from '../store/port.js';
import type { RunRecord, RunState } from '../store/record-types.js';
import { inputDifferences, type InputDifference } from './diff/input-differences.js';
import { RunArtefacts } from './artefacts/run-artefacts.js';

/**
 * Why a run would be executed, or not. `same`: its result is stored. `cached`: the inputs differ from those
 * of its last result, but their result is stored as well. `dropped`: a result is stored, but not the
 * requested artefacts. `unfinished`: the last execution of these inputs gave no valid result. `changed`: the
 * inputs, or the engine, differ from those of its last result. `new`: there is none.
 */
export interface Explanation {
  readonly name: string;
  readonly verdict: 'same' | 'cached' | 'dropped' | 'unfinished' | 'changed' | 'new';
  readonly input_key: string;
  /** Id and state of the run of its last result, under any name; null if there is none. */
  readonly last: { readonly run: RunId; readonly state: RunState; readonly input_key: string } | null;
  /** The stored run that answers for the current inputs, under any name; null if there is none. */
  readonly cached: string | null;
  /** Changes since that run: `a` before, `b` now; at most 100 of each document. */
  readonly inputs: readonly InputDifference[];
  readonly more_inputs: boolean;
  /** Set if another engine version computed it. */
  readonly engine: { readonly then: string; readonly now: string } | null;
}

const LISTED = 100;

/**
 * Compares the current documents with those of the last result of the name.
 *
 * @param retain the requested artefacts: a compact run does not answer for a full one
 */
export async function explainRun(
  store: ArtefactReader,
  name: string,
  inputs: RunInputs,
  retain: RunRecord['retain'] = 'compact',
): Promise<Explanation> {
  const { key } = inputKey(inputs);
  const answer = await store.runForKey(key);
  const last = await new LastRuns(store).of(name);
  const isChanged = last !== undefined && last.input_key !== key;
  const isDropped = answer?.retain === 'compact' && retain === 'full';
  return {
    name,
    verdict: isDropped ? 'dropped' : verdictOf(last, isChanged, answer),
    input_key: key,
    last: last === undefined ? null : { run: last.id, state: last.state, input_key: last.input_key },
    cached: answer?.id ?? null,
    ...(isChanged ? await changesSince(last, inputs, store) : NO_CHANGES),
  };
}

function verdictOf(
  last: RunRecord | undefined,
  isChanged: boolean,
  answer: RunRecord | undefined,
): Explanation['verdict'] {
  if (isChanged) return answer === undefined ? 'changed' : 'cached';
  if (answer !== undefined) return 'same';
  return last === undefined ? 'new' : 'unfinished';
}

type Changes = Pick<Explanation, 'inputs' | 'more_inputs' | 'engine'>;

const NO_INPUTS = { inputs: [], more_inputs: false } as const;
const NO_CHANGES: Changes = { ...NO_INPUTS, engine: null };

async function changesSince(last: RunRecord, inputs: RunInputs, store: ArtefactReader): Promise<Changes> {
  const artefacts = new RunArtefacts(store, last);
  const before = artefacts.entry('inputs') === undefined ? undefined : await artefacts.inputs();
  const then = last.engine.version;
  return {
    ...(before === undefined ? NO_INPUTS : inputDifferences(before, inputs, LISTED)),
    engine: then === ENGINE_VERSION ? null : { then, now: ENGINE_VERSION },
  };
}
