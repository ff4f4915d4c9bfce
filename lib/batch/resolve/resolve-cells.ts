import type { Checked, Problem } from '../../base/problem.js';
import {
  overrideKey,
  type ManifestScenario,
  type Override,
  type ScenarioRegistry,
} from '../../config/index.js';
import type { RunInputs } from '../../engine/inputs.js';
import { inputKey, type InputKey } from '../../session/input-key.js';
import type { JobInputs } from '../../execution/job-inputs.js';
import type { NamedCell } from '../expand/cell-name.js';
import type { CellStep } from '../expand/expand-selected.js';
import { addedTo, namedUnder, shownOverrides } from '../expand/shown-overrides.js';
import { blameOverrides } from './blame-overrides.js';

/** Provides data of cells that a plan does not contain. Cheap: documents stay loaded, and are valid. */
export interface CellSource {
  /** The inputs of the cell with these values. */
  inputs(values: NamedCell['values']): JobInputs | Promise<JobInputs>;
  /** Digest of every document of the cell that can change its result. */
  documents(values: NamedCell['values']): InputKey['documents'];
}

/** A cell with its documents. */
export interface ResolvedCell {
  /** Name of the cell without overrides. */
  readonly plain: string;
  /** Includes the overrides that change the inputs. */
  readonly cell: NamedCell;
  readonly inputs: RunInputs;
  /** Resolves the values of `cell` once more. */
  readonly source: CellSource;
}

export interface ResolveOptions {
  readonly registry: ScenarioRegistry;
  /** Applied to every run. */
  readonly overrides: readonly Override[];
}

/** Resolves and names the cells of a scenario; a cell with invalid documents becomes its problems. */
export function* resolveCells(
  cells: Iterable<CellStep<NamedCell>>,
  scenario: ManifestScenario,
  { registry, overrides }: ResolveOptions,
): Generator<CellStep<ResolvedCell>> {
  const resolver = new CellResolver(registry, scenario, overrides);
  for (const { problems, cell } of cells) {
    const resolved = cell && resolver.resolve(cell);
    if (resolved === undefined) yield { problems };
    else if (resolved.ok) yield { problems, cell: resolved.value };
    else yield { problems: [...problems, ...resolved.problems] };
  }
}

/**
 * Resolves and names the cells of one scenario under overrides; if several set the same place, the last one
 * wins.
 */
class CellResolver implements CellSource {
  readonly #registry: ScenarioRegistry;
  readonly #id: string;
  readonly #overrides: readonly Override[];

  constructor(registry: ScenarioRegistry, { id }: ManifestScenario, overrides: readonly Override[]) {
    this.#registry = registry;
    this.#id = id;
    this.#overrides = overrides;
  }

  resolve(cell: NamedCell): Checked<ResolvedCell> {
    const inputs = this.#under(cell.values, this.#overrides);
    if (!inputs.ok) return { ok: false, problems: this.#blamed(cell, inputs.problems) };
    const shown = this.#shown(cell);
    const named = shown.length === 0 ? cell : namedUnder(this.#id, cell, shown);
    const source = named === cell ? this : this.#sourceOf(cell.values);
    return { ok: true, value: { plain: cell.name, cell: named, inputs: inputs.value, source } };
  }

  inputs(values: NamedCell['values']): RunInputs {
    const result = this.#under(values, this.#overrides);
    if (!result.ok) throw new Error(`a cell of ${this.#id} no longer resolves`);
    return result.value;
  }

  documents(values: NamedCell['values']): InputKey['documents'] {
    return inputKey(this.inputs(values)).documents;
  }

  #under(values: NamedCell['values'], overrides: readonly Override[]): Checked<RunInputs> {
    return this.#registry.resolveCell(this.#id, values, overrides);
  }

  /** The overrides in the name of a cell. */
  #shown(cell: NamedCell): readonly Override[] {
    if (this.#overrides.length === 0) return [];
    return shownOverrides(addedTo(cell, this.#overrides), (under) => {
      const inName = this.#overrides.filter((one) => overrideKey(one) in cell.values);
      const result = this.#under(cell.values, [...inName, ...under]);
      return result.ok ? inputKey(result.value).key : undefined;
    });
  }

  /** The values in a name with overrides differ from those of the sweep. */
  #sourceOf(values: NamedCell['values']): CellSource {
    return { inputs: () => this.inputs(values), documents: () => this.documents(values) };
  }

  /** The problems of a cell; axes set by an override are not attributed to the manifest. */
  #blamed(cell: NamedCell, problems: readonly Problem[]): readonly Problem[] {
    const overridden = new Set(this.#overrides.map(overrideKey));
    const values = Object.fromEntries(Object.entries(cell.values).filter(([key]) => !overridden.has(key)));
    return blameOverrides(problems, this.#overrides, (under) => {
      const result = this.#under(values, under);
      return result.ok ? [] : result.problems;
    });
  }
}
