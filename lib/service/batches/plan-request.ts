import type { RunBudget } from '../../batch/plan/budget.js';
import type { CellStep } from '../../batch/expand/expand-selected.js';
import type { KeyedCell } from '../../batch/key/key-cells.js';
import { AS_WRITTEN, planCells } from '../../batch/plan/plan.js';
import { type BatchPlan } from '../../batch/plan/batch-plan.js';
import type { ManifestScenario, ScenarioList } from '../../config/index.js';
import type { ArtefactStore } from '../../store/port.js';
import type { DocumentReader } from '../documents/document-reader.js';
import { Refusal } from '../refusal.js';
import type { ScenarioCatalogue } from '../scenarios/catalogue.js';
import { documentErrors } from '../scenarios/document-errors.js';
import { shownFile } from '../shown-text.js';
import type { StartBatch } from '../wire/batch.js';

export interface PlannedRequest {
  readonly plan: BatchPlan;
  readonly manifests: readonly string[];
  /** The scenarios of the plan. */
  readonly list: ScenarioList;
  /** True if every scenario of the loaded manifests is selected. */
  readonly whole: boolean;
  /** Releases the documents of the plan; its runs can no longer be started. */
  readonly release: () => void;
}

export interface PlanAround {
  readonly catalogue: ScenarioCatalogue;
  readonly store: ArtefactStore;
  readonly budget: RunBudget;
}

/**
 * The plan of the batch runner for a request.
 *
 * @throws Refusal unknown-selection, nothing-selected, invalid-document
 */
export async function planRequest(request: StartBatch, around: PlanAround): Promise<PlannedRequest> {
  const { catalogue, store, budget } = around;
  const { documents } = catalogue;
  const { list, value } = await catalogue.ask('openPlan', request, budget);
  const selected = value.selected.map((id) => list.get(id)!);
  const release = (): void => {
    // A thread that has ended holds nothing.
    documents.ask('closePlan', value.plan).catch(() => undefined);
  };
  try {
    const planned = await planCells({
      ...AS_WRITTEN,
      store,
      force: request.force ?? false,
      scenarios: selected,
      cellsOf: (scenario) => cellsOf(documents, value.plan, scenario),
    });
    if (!planned.ok)
      throw new Refusal('invalid-document', 'The documents are invalid', {
        errors: documentErrors(planned.problems),
      });
    return {
      plan: planned.value,
      manifests: [...new Set(selected.map(({ source }) => shownFile(source.file)))],
      list,
      whole: selected.length === list.scenarios.length,
      release,
    };
  } catch (error) {
    release();
    throw error;
  }
}

/** The cells of a scenario, page by page. */
async function* cellsOf(
  documents: DocumentReader,
  plan: number,
  { id }: ManifestScenario,
): AsyncGenerator<CellStep<KeyedCell>> {
  for (;;) {
    const { steps, done } = await documents.ask('nextCells', plan, id);
    for (const { problems, cell } of steps) {
      if (cell === undefined) yield { problems };
      else {
        const { number, ...facts } = cell;
        const source = {
          inputs: () => documents.ask('cellInputs', plan, number),
          documents: () => facts.key.documents,
        };
        yield { problems, cell: { ...facts, source } };
      }
    }
    if (done) return;
  }
}
