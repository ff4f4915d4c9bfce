import { parseDuration } from '../../base/quantity.js';
import { checkShape } from '../check-shape.js';
import type { DocumentLibrary } from '../document-library.js';
import type { CheckContext } from '../documents/loaded.js';
import { DOCUMENT_SCHEMAS } from '../schemas/index.js';
import type { ManifestDocument } from '../schemas/batch-manifest.js';
import { mergeLayers } from '../merged-view.js';
import { ProblemList } from '../problem-list.js';
import type { ParsedDocument } from '../source/parsed-document.js';
import { childOf, isList, isMap, valueAt, type Path } from '../source/path.js';
import { DEFAULT_KNOBS, type ManifestScenario, type ScenarioKnobs } from './manifest-scenario.js';
import {
  inlineRunConfig,
  referencedPath,
  referencedRunConfig,
  type ScenarioEntry,
} from './scenario-entry.js';
import { SweepSource } from './sweep-source.js';
import { buildSweep, checkSweep, type WrittenSweep } from './sweep.js';

/** A scenario and a set of its knobs, as written. */
type WrittenScenario = ManifestDocument['scenarios'][number];
type WrittenKnobs = NonNullable<ManifestDocument['profiles']>[string];

interface ManifestContext {
  /** Name of the set of knobs in the manifest to apply. */
  readonly profile: string | undefined;
  readonly library: DocumentLibrary;
}

/** The scenarios of a BatchManifest. */
export function readBatchManifest(
  document: ParsedDocument,
  context: CheckContext,
  { profile, library }: ManifestContext,
): ScenarioEntry[] {
  const fits = checkShape(DOCUMENT_SCHEMAS.BatchManifest, document, context.problems);
  const scenarios = childOf(document.value, 'scenarios');
  if (!isList(scenarios)) return [];
  checkGoldens(document, context, library);
  const profiles = fits ? profilesOf(document) : new Map<string, WrittenKnobs>();
  const chosen = { profile: (profile === undefined ? undefined : profiles.get(profile)) ?? {}, profiles };
  return scenarios.flatMap((scenario, index) => {
    const isSound = isMap(scenario) && checkScenario(context, ['scenarios', index], { scenario, library });
    const raw = fits ? (scenario as WrittenScenario) : draft(scenario);
    if (!raw || !hasOneRun(scenario)) return [];
    const sweep =
      isSound && (fits || sweepFits(document, ['scenarios', index])) ? (scenario as WrittenSweep) : null;
    return [manifestEntry(document, index, { raw, sweep, ...chosen })];
  });
}

/** Goldens are written to paths in a manifest, so a manifest may only name directories of its project. */
function checkGoldens(document: ParsedDocument, { problems }: CheckContext, library: DocumentLibrary): void {
  const root = library.rootOf(document.source.file);
  for (const part of ['scenarios', 'profiles']) {
    const holders = childOf(document.value, part);
    if (typeof holders !== 'object' || holders === null) continue;
    for (const key of Object.keys(holders)) {
      const at = [part, isList(holders) ? Number(key) : key, 'golden'];
      const written = valueAt(document.value, at);
      if (typeof written !== 'string' || written === '') continue;
      const named = { path: referencedPath(document, at), at: document.place(at) };
      const problem = library.checkDirectory(named, root);
      if (problem) problems.add(problem);
    }
  }
}

/** The sets of knobs of a valid manifest, by name. */
function profilesOf({ value }: ParsedDocument): ReadonlyMap<string, WrittenKnobs> {
  const profiles = childOf(value, 'profiles');
  return new Map(isMap(profiles) ? Object.entries(profiles as Readonly<Record<string, WrittenKnobs>>) : []);
}

/**
 * A scenario of a manifest that does not match its schema: used only to find further problems, never
 * executed.
 */
function draft(scenario: unknown): WrittenScenario | undefined {
  const id = childOf(scenario, 'id');
  const run_config = childOf(scenario, 'run_config');
  if (typeof id !== 'string') return undefined;
  if (typeof run_config === 'string') return { id, run_config };
  return isMap(childOf(scenario, 'run')) ? { id } : undefined;
}

const SWEEP_PARTS = ['matrix', 'zip', 'random', 'include', 'exclude'] as const;

function sweepFits(document: ParsedDocument, base: Path): boolean {
  const schema = DOCUMENT_SCHEMAS.BatchManifest.properties?.['scenarios']?.items?.properties ?? {};
  const scratch = new ProblemList(1);
  return SWEEP_PARTS.every((part) => {
    const at = [...base, part];
    if (valueAt(document.value, at) === undefined) return true;
    return checkShape(schema[part] ?? {}, mergeLayers([{ view: document, base: at }]), scratch);
  });
}

function hasOneRun(scenario: unknown): boolean {
  return (childOf(scenario, 'run') === undefined) !== (childOf(scenario, 'run_config') === undefined);
}

interface CheckedScenario {
  readonly scenario: Readonly<Record<string, unknown>>;
  readonly library: DocumentLibrary;
}

/** True if its sweep is valid. */
function checkScenario(context: CheckContext, base: Path, { scenario, library }: CheckedScenario): boolean {
  const { view, problems } = context;
  const isSound = checkSweep(context, base, library);
  if (hasOneRun(scenario)) return isSound;
  const expected = 'either "run": a map, or "run_config": a path';
  if (scenario['run'] !== undefined) {
    const message = 'a scenario has both "run" and "run_config"';
    problems.at(view, [...base, 'run_config'], { code: 'two-run-configs', message, expected, part: 'key' });
  } else {
    problems.at(view, base, { code: 'missing-key', message: 'a scenario lacks its RunConfig', expected });
  }
  return isSound;
}

interface EntryParts {
  readonly raw: WrittenScenario;
  /** Null if it is invalid: the runs of the scenario are then unknown, and nothing is reported about them. */
  readonly sweep: WrittenSweep | null;
  /** The selected knobs. */
  readonly profile: WrittenKnobs;
  readonly profiles: ReadonlyMap<string, WrittenKnobs>;
}

function manifestEntry(
  document: ParsedDocument,
  index: number,
  { raw, sweep, profile, profiles }: EntryParts,
): ScenarioEntry {
  const base: Path = ['scenarios', index];
  const { file } = document.source;
  const at = [...base, 'run_config'];
  const hasFile = raw.run_config !== undefined;
  const knobs = buildKnobs({ ...raw, ...profile });
  const goldenOf = ({ golden }: ScenarioKnobs): boolean | string =>
    typeof golden === 'string' ? goldenPath(document, base, golden) : golden;
  const goldens = [{}, ...profiles.values()].map((set) => goldenOf(buildKnobs({ ...raw, ...set })));
  const scenario: ManifestScenario = {
    id: raw.id,
    name: raw.name ?? raw.id,
    description: raw.description ?? '',
    pillars: raw.pillars ?? [],
    tags: raw.tags ?? [],
    runtime_hint: raw.runtime_hint ?? null,
    ...(sweep && buildSweep(sweep)),
    ...knobs,
    golden: goldenOf(knobs),
    goldens: [...new Set(goldens)].filter((golden) => golden !== false),
    run_config: hasFile ? referencedPath(document, at) : null,
    manifest: manifestName(document),
    source: { ...document.place(base), file },
  };
  if (!sweep) return { scenario, runConfig: () => ({ view: undefined, problems: [] }) };
  const runConfig = hasFile ? referencedRunConfig(document, at) : inlineRunConfig(document, [...base, 'run']);
  return { scenario, runConfig, sweep: new SweepSource(document, base) };
}

function manifestName({ value, source }: ParsedDocument): string {
  const name = childOf(value, 'name');
  return typeof name === 'string' ? name : source.file;
}

function goldenPath(document: ParsedDocument, base: Path, written: string): string {
  const wrapper = { value: written, place: () => document.place(base), oddNumber: () => undefined };
  return referencedPath({ ...wrapper, directory: () => document.directory() }, []);
}

function buildKnobs(raw: WrittenKnobs): ScenarioKnobs {
  return {
    repeat: raw.repeat ?? DEFAULT_KNOBS.repeat,
    golden: raw.golden ?? DEFAULT_KNOBS.golden,
    expect: raw.expect ?? DEFAULT_KNOBS.expect,
    retain: raw.retain ?? DEFAULT_KNOBS.retain,
    timeout_ms: raw.timeout === undefined ? null : (parseDuration(raw.timeout) ?? null),
    retries: raw.retries ?? DEFAULT_KNOBS.retries,
  };
}
