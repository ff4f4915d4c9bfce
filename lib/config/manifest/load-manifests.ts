import type { DocumentFiles } from '../../base/ports.js';
import { invalid, ok, type Checked, type Problem } from '../../base/problem.js';
import type { RunInputs } from '../../engine/inputs.js';
import { DocumentLibrary, type DocumentPlaces } from '../document-library.js';
import { DEFAULT_LIMITS, type DocumentLimits } from '../limits.js';
import { nearestHint } from '../nearest.js';
import type { Override } from '../override.js';
import { mergeProblems, problemAt } from '../problem-list.js';
import { ProblemSet } from '../problem-set.js';
import { cellBound, combinations, isSwept } from '../sweep/combinations.js';
import { MAX_CELLS, MOST_RESOLVED, tooManyCells, tooManyToResolve } from '../sweep/too-many-cells.js';
import type { ManifestScenario } from './manifest-scenario.js';
import { readManifest, type ReadManifest } from './read-manifest.js';
import type { ScenarioEntry } from './scenario-entry.js';
import { ScenarioRegistry } from './scenario-registry.js';

export interface LoadOptions extends DocumentPlaces {
  /** Named set of scenario settings to apply, from the `profiles` of the manifests. */
  readonly profile?: string;
  /** Limits that replace the defaults. */
  readonly limits?: Partial<DocumentLimits>;
}

/**
 * Loads manifests, scenario registries and single RunConfigs into one registry. The documents that scenarios refer to
 * are read when they are resolved; but if any manifest is invalid, the problems of all scenarios are reported with it.
 */
export function loadManifests(
  files: readonly string[],
  reader: DocumentFiles,
  options: LoadOptions = {},
): Checked<ScenarioRegistry> {
  const library = libraryFor(reader, options);
  const { registry, problems } = assemble(files, library, options.profile);
  return problems.length === 0 ? ok(registry) : invalid(mergeProblems([problems, resolveAll(registry)]));
}

function libraryFor(reader: DocumentFiles, { limits, ...places }: LoadOptions): DocumentLibrary {
  return new DocumentLibrary(reader, { ...DEFAULT_LIMITS, ...limits }, places);
}

/** The registry of the valid parts of the files, with every problem of the files themselves. */
export function assemble(
  files: readonly string[],
  library: DocumentLibrary,
  profile?: string,
): { readonly registry: ScenarioRegistry; readonly problems: readonly Problem[] } {
  const read = [...new Set(files)].map((file) => ({ file, ...readManifest(file, library, profile) }));
  const entries = new Map<string, ScenarioEntry>();
  const repeated: Problem[] = [];
  for (const entry of read.flatMap((manifest) => manifest.entries)) {
    const { id, source } = entry.scenario;
    const first = entries.get(id);
    if (!first) entries.set(id, entry);
    else repeated.push(repeatedId(entry.scenario, first.scenario, source.file));
  }
  const unknown = profile === undefined ? [] : unknownProfile(profile, read);
  const problems = mergeProblems([...read.map((manifest) => manifest.problems), repeated, unknown]);
  return { registry: new ScenarioRegistry([...entries.values()], library), problems };
}

/**
 * Every problem of the documents of every run, over all cells of the sweeps. A scenario whose cells exceed
 * the limit together with those of earlier scenarios is not checked, which is a problem as well.
 */
export function resolveAll(registry: ScenarioRegistry): Problem[] {
  const problems = new ProblemSet();
  let cells = 0;
  for (const scenario of registry.scenarios) {
    const bound = cellBound(scenario);
    if (!isSwept(scenario)) problems.add(problemsOf(registry.resolve(scenario.id)));
    else if (bound > MAX_CELLS) problems.add([tooManyCells(scenario)]);
    else if ((cells += bound) > MOST_RESOLVED) problems.add([tooManyToResolve(scenario, cells)]);
    else
      for (const values of combinations(scenario))
        problems.add(problemsOf(registry.resolveCell(scenario.id, Object.fromEntries(values))));
  }
  return problems.sorted();
}

function problemsOf(resolved: Checked<RunInputs>): readonly Problem[] {
  return resolved.ok ? [] : resolved.problems;
}

function repeatedId(scenario: ManifestScenario, first: ManifestScenario, file: string): Problem {
  const { line, column } = first.source;
  const hint = `first given at ${first.source.file}:${String(line)}:${String(column)}`;
  const message = `the scenario id "${scenario.id}" is given twice`;
  return problemAt(
    { ...scenario.source, file },
    { code: 'scenario-repeated', message, found: scenario.id, hint },
  );
}

function unknownProfile(
  profile: string,
  read: readonly (ReadManifest & { readonly file: string })[],
): Problem[] {
  const known = [...new Set(read.flatMap(({ profiles }) => profiles))].sort();
  if (known.includes(profile)) return [];
  const place = { file: `--profile ${profile}`, line: 0, column: 0, pointer: '' };
  const message = `no loaded manifest has a profile "${profile}"`;
  const hint = nearestHint(profile, known) ?? 'no manifest has profiles';
  return [problemAt(place, { code: 'unknown-profile', message, hint })];
}

/** One RunConfig document that can be resolved with overrides. */
export interface LoadedRunConfig {
  readonly scenario: ManifestScenario;
  readonly resolve: (overrides?: readonly Override[]) => Checked<RunInputs>;
}

/** Loads a single RunConfig file as a scenario. */
export function loadRunConfigFile(
  file: string,
  reader: DocumentFiles,
  options: Omit<LoadOptions, 'profile'> = {},
): Checked<LoadedRunConfig> {
  const library = libraryFor(reader, options);
  const { kind, entries, problems } = readManifest(file, library);
  const [entry] = entries;
  if (kind !== undefined && kind !== 'RunConfig') {
    const place = { file, line: 0, column: 0, pointer: '' };
    const message = `the document is a ${kind}, not a RunConfig`;
    return invalid([problemAt(place, { code: 'wrong-kind', message, expected: 'a RunConfig' })]);
  }
  if (!entry || problems.length > 0)
    return invalid(
      mergeProblems([problems, entry ? resolveAll(new ScenarioRegistry([entry], library)) : []]),
    );
  const registry = new ScenarioRegistry([entry], library);
  const { scenario } = entry;
  return ok({ scenario, resolve: (overrides = []) => registry.resolve(scenario.id, overrides) });
}
