import { checkShape } from '../check-shape.js';
import type { CheckContext } from '../documents/loaded.js';
import { DOCUMENT_SCHEMAS } from '../schemas/index.js';
import type { RegistryDocument } from '../schemas/scenario-registry.js';
import type { ParsedDocument } from '../source/parsed-document.js';
import { childOf, isList, type Path } from '../source/path.js';
import { DEFAULT_KNOBS, type ManifestScenario } from './manifest-scenario.js';
import { referencedPath, referencedRunConfig, type ScenarioEntry } from './scenario-entry.js';
import { scenarioId } from './scenario-id.js';

/** An entry, of which other fields are read through their places. */
type RegistryEntry = Omit<RegistryDocument['scenarios'][number], 'run_config_path'>;

/**
 * The scenarios of a ScenarioRegistry document; if it does not match its schema, those whose run can be
 * found.
 */
export function readRegistry(document: ParsedDocument, { problems }: CheckContext): ScenarioEntry[] {
  const fits = checkShape(DOCUMENT_SCHEMAS.ScenarioRegistry, document, problems);
  const scenarios = childOf(document.value, 'scenarios');
  if (!isList(scenarios)) return [];
  return scenarios.flatMap((scenario, index) => {
    const scenario_id = childOf(scenario, 'scenario_id');
    if (fits) return [registryEntry(document, index, scenario as RegistryEntry)];
    const isFound =
      typeof scenario_id === 'string' && typeof childOf(scenario, 'run_config_path') === 'string';
    return isFound ? [registryEntry(document, index, { scenario_id })] : [];
  });
}

function registryEntry(document: ParsedDocument, index: number, raw: RegistryEntry): ScenarioEntry {
  const base: Path = ['scenarios', index];
  const at = [...base, 'run_config_path'];
  const scenario: ManifestScenario = {
    id: scenarioId(raw.scenario_id, `scenario-${String(index + 1)}`),
    name: raw.name ?? raw.scenario_id,
    description: raw.description ?? '',
    pillars: raw.pillars ?? [],
    tags: raw.tags ?? [],
    runtime_hint: raw.runtime_hint ?? null,
    ...DEFAULT_KNOBS,
    goldens: [],
    run_config: referencedPath(document, at),
    manifest: document.source.file,
    source: document.place(base),
  };
  return { scenario, runConfig: referencedRunConfig(document, at) };
}
