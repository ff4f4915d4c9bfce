import { basename } from 'node:path';
import type { Problem } from '../../base/problem.js';
import { detectKind } from '../detect-kind.js';
import type { DocumentLibrary } from '../document-library.js';
import { problemAt, ProblemList } from '../problem-list.js';
import type { DocumentKind } from '../schemas/index.js';
import type { ParsedDocument } from '../source/parsed-document.js';
import { childOf, isMap } from '../source/path.js';
import { readBatchManifest } from './batch-manifest.js';
import { DEFAULT_KNOBS, type ManifestScenario } from './manifest-scenario.js';
import { readRegistry } from './registry-document.js';
import { inlineRunConfig, type ScenarioEntry } from './scenario-entry.js';
import { scenarioId } from './scenario-id.js';

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
