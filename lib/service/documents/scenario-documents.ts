import { AetherError } from '../../base/errors.js';
import { unpackInputs, type PackedInputs } from '../../execution/job-inputs.js';
import type { RunBudget } from '../../batch/plan/budget.js';
import type { ManifestScenario, ScenarioRegistry } from '../../config/index.js';
import { askedElsewhere, type AskedElsewhere } from '../../golden/index.js';
import { selectScenarios } from '../batches/select-scenarios.js';
import { Refusal } from '../refusal.js';
import { plainPlan, planRun, type RunPlan, type RunPlanOptions } from '../runs/run-plan.js';
import { documentErrors } from '../scenarios/document-errors.js';
import { scenarioDetail } from '../scenarios/scenario-views.js';
import type { StartBatch } from '../wire/batch.js';
import type { GovernancePreview } from '../wire/governance.js';
import type { StartRun } from '../wire/run-status.js';
import {
  requireValid,
  withChanges,
  withCopy,
  type FieldChanges,
  type ScenarioCopy,
  type Texts,
} from './edited-texts.js';
import { OpenPlan, type CellPage } from './open-plan.js';
import { ProjectDocuments, type ProjectOptions } from './project-documents.js';
import {
  previewOf,
  requireScenario,
  shownGraph,
  surveyOf,
  type PreviewOptions,
  type Survey,
} from './registry-questions.js';

/** The scenarios as currently on disk, and the result of a task on them. */
export interface Fresh<T> {
  readonly scenarios: readonly ManifestScenario[];
  readonly value: T;
}

/** The plan of a batch whose cells can be requested. */
export interface OpenedPlan {
  readonly plan: number;
  /** Ids of the selected scenarios. */
  readonly selected: readonly string[];
}

/**
 * Performs all tasks that read or resolve documents. Arguments and results are plain data whose size does not
 * grow with the documents, except packed inputs, so that the class can run on its own thread.
 */
export class ScenarioDocuments {
  readonly #documents: ProjectDocuments;
  readonly #elsewhere: AskedElsewhere | undefined;
  readonly #plans = new Map<number, OpenPlan>();
  #lastPlan = 0;

  constructor(options: ProjectOptions) {
    const { goldens, reader } = options;
    this.#documents = new ProjectDocuments(options);
    this.#elsewhere = goldens && askedElsewhere(goldens, reader);
  }

  /** @throws Refusal invalid-document */
  load(): Fresh<null> {
    return this.#fresh(() => null);
  }

  /** JSON of a ScenarioDetail. @throws Refusal unknown-scenario, invalid-document */
  detail(id: string): Fresh<Uint8Array> {
    return this.#fresh((registry) => json(scenarioDetail(registry, requireScenario(registry, id))));
  }

  /** @throws Refusal unknown-scenario, invalid-document, over-budget */
  planRun(request: StartRun, options: Omit<RunPlanOptions, 'registry'>): Fresh<RunPlan> {
    return this.#fresh((registry) => plainPlan(planRun(request, { ...options, registry })));
  }

  /** @throws Refusal invalid-document */
  preview(options: PreviewOptions): Fresh<GovernancePreview['goldens']> {
    return this.#fresh((registry) => previewOf(registry, options));
  }

  survey(): Fresh<Survey> {
    return this.#fresh(surveyOf);
  }

  /** The texts after changes of fields. @throws Refusal invalid-document, scenario-not-editable */
  change(changes: FieldChanges): Texts {
    const texts = withChanges(changes);
    this.#requireValid(changes.id, texts, changes.edits);
    return texts;
  }

  /** The text with a copy of a scenario. @throws Refusal invalid-document, scenario-not-editable */
  copy(copy: ScenarioCopy): Texts {
    const texts = withCopy(copy);
    this.#requireValid(copy.id, texts, []);
    return texts;
  }

  /**
   * Selects scenarios and holds their documents until `closePlan`.
   *
   * @throws Refusal unknown-selection, nothing-selected, invalid-document
   */
  openPlan(request: StartBatch, budget: RunBudget): Fresh<OpenedPlan> {
    return this.#fresh((registry) => {
      const selected = selectScenarios(request, registry.scenarios).map(({ id }) => id);
      const plan = ++this.#lastPlan;
      this.#plans.set(plan, new OpenPlan(registry, budget));
      return { plan, selected };
    });
  }

  nextCells(plan: number, scenario: string): CellPage {
    return this.#plan(plan).next(scenario);
  }

  cellInputs(plan: number, number: number): Promise<PackedInputs> {
    return this.#plan(plan).inputs(number);
  }

  closePlan(plan: number): null {
    this.#plans.delete(plan);
    return null;
  }

  /**
   * Directories of goldens that further manifests request, beside the loaded ones and those named in goldens.
   */
  async goldensElsewhere(
    loaded: readonly string[],
    recorded: readonly string[],
  ): Promise<ReadonlySet<string>> {
    return (await this.#elsewhere?.(loaded, recorded)) ?? new Set();
  }

  /** JSON of the Topology in a tick of a run. */
  graph(inputs: PackedInputs, tick: number): Uint8Array {
    return json(shownGraph(unpackInputs(inputs), tick));
  }

  #plan(plan: number): OpenPlan {
    const open = this.#plans.get(plan);
    if (open === undefined)
      throw new AetherError(
        'WORKER_DIED',
        'the documents of the batch are lost: the thread that held them ended',
      );
    return open;
  }

  #requireValid(id: string, texts: Texts, edits: FieldChanges['edits']): void {
    const before = this.#documents.load();
    requireValid({ id, texts, edits, before, after: this.#documents.load(texts) });
  }

  #fresh<T>(look: (registry: ScenarioRegistry) => T): Fresh<T> {
    const loaded = this.#documents.load();
    if (!loaded.ok) {
      throw new Refusal('invalid-document', 'The manifests are no longer valid', {
        errors: documentErrors(loaded.problems),
      });
    }
    return { scenarios: loaded.value.scenarios, value: look(loaded.value) };
  }
}

function json(value: unknown): Uint8Array {
  return Buffer.from(JSON.stringify(value));
}
