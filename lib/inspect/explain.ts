import type { RunInputs } from '../engine/inputs.js';
import { ENGINE_VERSION, inputKey } from '../run/input-key.js';
import type { ArtefactStore } from '../store/port.js';
import type { RunState } from '../store/records.js';
import { firstOf, inputDifferences, type InputDifference } from './diff/input-differences.js';
import { RunArtefacts } from './run-artefacts.js';

/**
 * Why a run would be executed, or not. `same`: its result is stored. `unfinished`: the last execution of these inputs
 * gave no result. `changed`: the inputs, or the engine, are not those of the last run of that name. `new`: there is none.
 */
export interface Explanation {
  readonly name: string;
  readonly verdict: 'same' | 'unfinished' | 'changed' | 'new';
  readonly input_key: string;
  /** Id and state of the run compared with; null when there is none. */
  readonly last: { readonly run: string; readonly state: RunState; readonly input_key: string } | null;
  /** The stored run that answers for the current inputs, under whatever name; null when there is none. */
  readonly cached: string | null;
  /** What changed since the last run: `a` then, `b` now; at most 100. */
  readonly inputs: readonly InputDifference[];
  readonly more_inputs: boolean;
  /** Set when another engine version computed the last run. */
  readonly engine: { readonly then: string; readonly now: string } | null;
}

const LISTED = 100;

/** Compares the documents as they are now with those of the last run of that name. */
export async function explainRun(
  store: ArtefactStore,
  name: string,
  inputs: RunInputs,
): Promise<Explanation> {
  const { key } = inputKey(inputs);
  const cached = (await store.runForKey(key))?.id ?? null;
  const last = await store.latestRun(name);
  const nothing = { inputs: [], more_inputs: false, engine: null };
  if (last === undefined) {
    return {
      name,
      verdict: cached === null ? 'new' : 'same',
      input_key: key,
      last: null,
      cached,
      ...nothing,
    };
  }
  const { id: run, state, input_key } = last;
  const about = { name, input_key: key, last: { run, state, input_key }, cached };
  if (input_key === key) return { ...about, verdict: cached === null ? 'unfinished' : 'same', ...nothing };
  const artefacts = new RunArtefacts(store, last);
  const before = artefacts.entry('inputs') === undefined ? undefined : await artefacts.inputs();
  const { list, more } =
    before === undefined ? { list: [], more: false } : firstOf(inputDifferences(before, inputs), LISTED);
  const then = last.engine.version;
  const engine = then === ENGINE_VERSION ? null : { then, now: ENGINE_VERSION };
  return { ...about, verdict: 'changed', inputs: list, more_inputs: more, engine };
}
