import { packInputs, unpackInputs, type PackedInputs } from '../../execution/job-inputs.js';
import { EVERYTHING } from '../../batch/expand/select.js';
import type { RunBudget } from '../../batch/plan/budget.js';
import type { CellStep } from '../../batch/expand/expand-selected.js';
import type { CellFacts, KeyedCell } from '../../batch/key/key-cells.js';
import { keyedCells } from '../../batch/pipeline.js';
import { ProblemSet, type ScenarioRegistry } from '../../config/index.js';

/** A cell with a number by which it can be requested. Plain data. */
export interface NumberedCell extends CellFacts {
  readonly number: number;
}

/** The next cells of a scenario. Plain data of bounded size. */
export interface CellPage {
  readonly steps: readonly CellStep<NumberedCell>[];
  /** True if the scenario has no more. */
  readonly done: boolean;
}

/** The remaining cells of a scenario. */
interface Sweep {
  readonly id: string;
  readonly steps: Generator<CellStep<KeyedCell>>;
}

/** Cells per page: other tasks wait at most for one page. */
const PAGE = 64;

/**
 * The cells of a registry at the time a batch was planned, in pages; their documents are held for the batch.
 */
export class OpenPlan {
  readonly #registry: ScenarioRegistry;
  readonly #budget: RunBudget;
  readonly #cells: Pick<KeyedCell, 'cell' | 'source'>[] = [];
  readonly #problems = new ProblemSet();
  #sweep: Sweep | undefined;

  constructor(registry: ScenarioRegistry, budget: RunBudget) {
    this.#registry = registry;
    this.#budget = budget;
  }

  /** The next page of the cells of a scenario; the first if another scenario was requested before. */
  next(scenario: string): CellPage {
    const { steps } = this.#at(scenario);
    const page: CellStep<NumberedCell>[] = [];
    while (page.length < PAGE) {
      const step = steps.next();
      if (step.done === true) return { steps: page, done: true };
      page.push(this.#plain(step.value));
    }
    return { steps: page, done: false };
  }

  async inputs(number: number): Promise<PackedInputs> {
    const { cell, source } = this.#cells[number]!;
    return packInputs(unpackInputs(await source.inputs(cell.values)));
  }

  #at(id: string): Sweep {
    if (this.#sweep?.id !== id) {
      const options = {
        registry: this.#registry,
        selection: EVERYTHING,
        overrides: [],
        budget: this.#budget,
      };
      this.#sweep = { id, steps: keyedCells(this.#registry.get(id)!, options) };
    }
    return this.#sweep;
  }

  /** Every problem is sent once, even if many cells have it. */
  #plain({ problems, cell }: CellStep<KeyedCell>): CellStep<NumberedCell> {
    const added = this.#problems.add(problems);
    if (cell === undefined) return { problems: added };
    const { source, ...facts } = cell;
    const number = this.#cells.push({ cell: cell.cell, source }) - 1;
    return { problems: added, cell: { ...facts, number } };
  }
}
