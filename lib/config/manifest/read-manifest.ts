import { basename } from 'node:path';
import type { Problem } from '../../base/problem.js';
import { detectKind } from '../detect-kind.js';
import type { DocumentLibrary } from '../document-library.js';
import { problemAt, ProblemList } from '../problem-list.js';
import { DOCUMENT_SCHEMAS, type DocumentKind } from '../schemas/index.js';
import type { ParsedDocument } from '../source/parsed-document.js';
import { childOf, isMap, isList, type Path } from '../source/path.js';
import { readBatchManifest } from './batch-manifest.js';
import { DEFAULT_KNOBS, type ManifestScenario } from './manifest-scenario.js';
import {
  inlineRunConfig,
  referencedPath,
  referencedRunConfig,
  type ScenarioEntry,
} from './scenario-entry.js';
import { checkShape } from '../check-shape.js';
import type { CheckContext } from '../documents/loaded.js';
import type { RegistryDocument } from '../schemas/scenario-registry.js';

/** Contribution of one file to the registry. */
export interface ReadManifest {
  readonly kind: DocumentKind | undefined;
  /** The valid scenarios. */
  readonly entries: readonly ScenarioEntry[];
  /** Names of the manifest's profiles. */
  readonly profiles: readonly string[];
  readonly problems: readonly Problem[];
}

/** Reads a BatchManifest, a ScenarioRegistry or a RunConfig as scenarios. `profile` selects a set of knobs. */
export function readManifest(file: string, library: DocumentLibrary, profile?: string): ReadManifest {
  const at = { file, line: 0, column: 0, pointer: '' };
  const refused = library.checkFile(file, library.rootOf(file), () => at);
  if (refused) return { kind: undefined, entries: [], profiles: [], problems: [refused] };
  const { document, problems: syntax } = library.read(file, 'small');
  if (!document) return { kind: undefined, entries: [], profiles: [], problems: syntax };
  const kind = detectKind(document.value);
  const problems = new ProblemList(library.limits.problems);
  const context = { view: document, limits: library.limits, problems };
  let entries: readonly ScenarioEntry[] = [];
  switch (kind) {
    case 'BatchManifest':
      entries = readBatchManifest(document, context, { profile, library });
      break;
    case 'ScenarioRegistry':
      entries = readRegistry(document, context);
      break;
    case 'RunConfig':
      entries = [runConfigEntry(document)];
      break;
    default:
      problems.add(notScenarios(document, kind));
  }
  const profiles = childOf(document.value, 'profiles');
  const names = kind === 'BatchManifest' && isMap(profiles) ? Object.keys(profiles) : [];
  return { kind, entries, profiles: names, problems: [...syntax, ...problems.finish()] };
}

function notScenarios(document: ParsedDocument, kind: DocumentKind | undefined): Problem {
  const message =
    kind === undefined
      ? 'the kind of the document cannot be derived from its keys'
      : `a ${kind} document contains no scenarios`;
  const expected = 'a BatchManifest (kind: BatchManifest), a ScenarioRegistry or a RunConfig';
  return problemAt(document.place([]), { code: 'unknown-kind', message, expected });
}

function runConfigEntry(document: ParsedDocument): ScenarioEntry {
  const { file } = document.source;
  const run_id = childOf(document.value, 'run_id');
  const fromFile = basename(file).replace(/\.[^.]*$/, '');
  const scenario: ManifestScenario = {
    id: scenarioId(typeof run_id === 'string' ? run_id : fromFile, scenarioId(fromFile, 'run')),
    name: typeof run_id === 'string' ? run_id : fromFile,
    description: '',
    pillars: [],
    tags: [],
    runtime_hint: null,
    ...DEFAULT_KNOBS,
    goldens: [],
    run_config: file,
    manifest: file,
    source: document.place([]),
  };
  return { scenario, runConfig: inlineRunConfig(document, []) };
}

/** An entry, of which other fields are read through their places. */
type RegistryEntry = Omit<RegistryDocument['scenarios'][number], 'run_config_path'>;

/**
 * The scenarios of a ScenarioRegistry document; if it does not match its schema, those whose run can be
 * found.
 */
function readRegistry(document: ParsedDocument, { problems }: CheckContext): ScenarioEntry[] {
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

/** Converts a name to a scenario id: lower case, with dashes for characters that are not allowed in ids. */
function scenarioId(name: string, fallback: string): string {
  const id = name
    .toLowerCase()
    .replace(/[^a-z0-9._-]+/g, '-')
    .replace(/^[^a-z0-9]+/, '')
    .slice(0, 64);
  return id === '' ? fallback : id;
}
