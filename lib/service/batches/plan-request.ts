import { cappedErrors } from '../capped-errors.js';
import type { RunBudget } from '../../batch/plan/budget.js';
import { AS_WRITTEN, planBatch, type BatchPlan } from '../../batch/plan/plan.js';
import type { ManifestScenario, ScenarioRegistry } from '../../config/index.js';
import type { ArtefactStore } from '../../store/port.js';
import { Refusal } from '../http/problems.js';
import type { ScenarioCatalogue } from '../scenarios/catalogue.js';
import { documentErrors } from '../scenarios/document-errors.js';
import { shownFile } from '../shown-text.js';
import type { StartBatch } from '../wire/batch.js';

export interface PlannedRequest {
  readonly plan: BatchPlan;
  readonly manifests: readonly string[];
  /** What it was planned from. */
  readonly registry: ScenarioRegistry;
  /** True when every scenario of the loaded manifests is selected. */
  readonly whole: boolean;
}

export interface PlanAround {
  readonly catalogue: ScenarioCatalogue;
  readonly store: ArtefactStore;
  readonly budget: RunBudget;
}

/** The runner's own plan for what is asked. @throws Refusal unknown-selection, nothing-selected, invalid-document */
export async function planRequest(request: StartBatch, around: PlanAround): Promise<PlannedRequest> {
  const { catalogue, store, budget } = around;
  const registry = catalogue.fresh();
  const errors = unknownWords(request, registry.scenarios);
  if (errors.length > 0) {
    throw new Refusal('unknown-selection', 'The selection names what is not loaded', { errors });
  }
  const selected = registry.scenarios.filter((scenario) => selects(request, scenario));
  if (selected.length === 0) throw new Refusal('nothing-selected', 'No scenario is selected');
  const planned = await planBatch({
    ...AS_WRITTEN,
    registry,
    store,
    selection: { grep: null, tags: [], scenarios: selected.map(({ id }) => id) },
    budget,
    force: request.force ?? false,
  });
  if (!planned.ok)
    throw new Refusal('invalid-document', 'The documents do not hold', {
      errors: documentErrors(planned.problems),
    });
  return {
    plan: planned.value,
    manifests: [...new Set(selected.map(({ source }) => shownFile(source.file)))],
    registry,
    whole: selected.length === registry.scenarios.length,
  };
}

function selects({ manifests, tags, scenarios }: StartBatch, scenario: ManifestScenario): boolean {
  const isOf = (names: readonly string[] | undefined, own: readonly string[]): boolean =>
    names === undefined || names.length === 0 || own.some((name) => names.includes(name));
  return (
    isOf(manifests, [scenario.manifest, shownFile(scenario.source.file)]) &&
    isOf(tags, scenario.tags) &&
    isOf(scenarios, [scenario.id])
  );
}

/** Unknown words that one answer lists. */
const MOST_UNKNOWN = 50;

function unknownWords(
  { manifests = [], tags = [], scenarios = [] }: StartBatch,
  known: readonly ManifestScenario[],
) {
  const unknown = (field: string, words: readonly string[], own: readonly string[]) =>
    words.flatMap((word, index) =>
      own.includes(word) ? [] : [{ pointer: `/${field}/${String(index)}`, detail: 'is not known' }],
    );
  const errors = [
    ...unknown(
      'manifests',
      manifests,
      known.flatMap(({ manifest, source }) => [manifest, shownFile(source.file)]),
    ),
    ...unknown(
      'tags',
      tags,
      known.flatMap((scenario) => scenario.tags),
    ),
    ...unknown(
      'scenarios',
      scenarios,
      known.map(({ id }) => id),
    ),
  ];
  return cappedErrors(errors, MOST_UNKNOWN);
}
