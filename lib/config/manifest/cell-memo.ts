import type { Json } from '../../base/canonical-json.js';
import { ok, type Checked } from '../../base/problem.js';
import type { RunInputs } from '../../engine/inputs.js';
import type { OverrideRoot } from '../override-schemas.js';
import type { Override } from '../override.js';
import { DOCUMENT_SCHEMAS } from '../schemas/index.js';
import { shapeOf } from '../shape.js';

/** Maximum of cached list entries, over all cells. */
const MOST_WEIGHT = 200_000;
/** Weight of a cell without its lists. */
const OWN_WEIGHT = 50;

/** Roots of documents whose lists may be long. */
const LONG_DOCUMENTS: readonly OverrideRoot[] = ['topology', 'pfna', 'slp'];

interface Known {
  readonly inputs: RunInputs;
  readonly weight: number;
}

/** A value of the initial state that a cell sets. */
interface StateValue {
  readonly index: number;
  readonly value: number;
}

/**
 * Caches the inputs of the cells of one scenario. Cells that differ only in values of the initial state share
 * all documents and checks: each value is checked against its schema, and the rest is that of the first cell.
 */
export class CellMemo {
  readonly #known = new Map<string, Known>();
  #weight = 0;

  /**
   * The inputs under overrides; if several set the same place, the last one wins. Calls `resolve` for inputs
   * that are not cached.
   */
  resolve(overrides: readonly Override[], resolve: () => Checked<RunInputs>): Checked<RunInputs> {
    const state: StateValue[] = [];
    let id = '';
    for (const { root, path, value, odd, base_dir } of overrides) {
      if (root !== 'run' || path[0] !== 'initial_state') {
        id += JSON.stringify([root, path, value, odd, base_dir]);
        continue;
      }
      const index = path[1];
      if (path.length !== 2 || typeof index !== 'number' || !isStateValue(value)) return resolve();
      state.push({ index, value });
      id += `${String(index)} `;
    }
    const known = this.#known.get(id);
    if (known) return ok(withState(known.inputs, state));
    const resolved = resolve();
    if (resolved.ok) this.#remember(id, resolved.value, overrides);
    return resolved;
  }

  /** Drops the oldest entries first: the axis that changes fastest repeats soonest. */
  #remember(id: string, inputs: RunInputs, overrides: readonly Override[]): void {
    const isShared = !overrides.some(({ root }) => LONG_DOCUMENTS.includes(root));
    const weight = weightOf(inputs) + (isShared ? 0 : documentWeight(inputs));
    this.#known.set(id, { inputs, weight });
    this.#weight += weight;
    for (const [oldest, forgotten] of this.#known) {
      if (this.#weight <= MOST_WEIGHT) return;
      this.#known.delete(oldest);
      this.#weight -= forgotten.weight;
    }
  }
}

function withState(inputs: RunInputs, state: readonly StateValue[]): RunInputs {
  if (state.length === 0) return inputs;
  const initial_state = [...inputs.run.initial_state];
  for (const { index, value } of state) initial_state[index] = value;
  return { ...inputs, run: { ...inputs.run, initial_state } };
}

function weightOf({ run }: RunInputs): number {
  return OWN_WEIGHT + run.windows.length + run.initial_state.length;
}

/** The weight of documents that other cells do not share. */
function documentWeight({ topology, pfna, slp }: RunInputs): number {
  return topology.N + topology.edges.length + (pfna?.entries.length ?? 0) + (slp?.length ?? 0);
}

/** Other requirements of a list item are checked by its own schema. */
function isStateValue(value: Json): value is number {
  return (
    typeof value === 'number' &&
    shapeOf(DOCUMENT_SCHEMAS.RunConfig).properties.get('initial_state')!.items!.validate(value)
  );
}
