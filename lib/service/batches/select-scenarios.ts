import type { ManifestScenario } from '../../config/index.js';
import { cappedErrors } from '../capped-errors.js';
import { Refusal } from '../refusal.js';
import { shownFile } from '../shown-text.js';
import type { StartBatch } from '../wire/batch.js';

/** The scenarios selected by a request. @throws Refusal unknown-selection, nothing-selected */
export function selectScenarios(
  request: StartBatch,
  scenarios: readonly ManifestScenario[],
): readonly ManifestScenario[] {
  const errors = unknownWords(request, scenarios);
  if (errors.length > 0) {
    throw new Refusal(
      'unknown-selection',
      'The selection names manifests, scenarios or tags that are not loaded',
      { errors },
    );
  }
  const selected = scenarios.filter((scenario) => selects(request, scenario));
  if (selected.length === 0) throw new Refusal('nothing-selected', 'No scenario is selected');
  return selected;
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

/** Maximum of unknown names in one answer. */
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
