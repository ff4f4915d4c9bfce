import { checkShape } from '../check-shape.js';
import type { CheckContext } from '../documents/loaded.js';
import { DOCUMENT_SCHEMAS } from '../schemas/index.js';
import type { ParsedDocument } from '../source/parsed-document.js';
import { childOf, isList, isMap, type Path } from '../source/path.js';
import { parseDuration } from './duration.js';
import { DEFAULT_KNOBS, type ManifestScenario, type ScenarioKnobs } from './manifest-scenario.js';
import {
  inlineRunConfig,
  referencedPath,
  referencedRunConfig,
  type ScenarioEntry,
} from './scenario-entry.js';
import { SweepSource } from './sweep-source.js';
import { buildSweep, checkSweep, type RawSweep } from './sweep.js';

interface RawScenario extends RawSweep, RawKnobs {
  readonly id: string;
  readonly name?: string;
  readonly description?: string;
  readonly pillars?: readonly string[];
  readonly tags?: readonly string[];
  readonly runtime_hint?: string | null;
  readonly run_config?: string;
}

interface RawKnobs extends Partial<Omit<ScenarioKnobs, 'timeout_ms'>> {
  readonly timeout?: string | number;
}

/** The scenarios of a BatchManifest; `profile` selects one of its sets of knobs. */
export function readBatchManifest(
  document: ParsedDocument,
  context: CheckContext,
  profile: string | undefined,
): ScenarioEntry[] {
  const fits = checkShape(DOCUMENT_SCHEMAS.BatchManifest, document, context.problems);
  const scenarios = childOf(document.value, 'scenarios');
  if (!isList(scenarios)) return [];
  scenarios.forEach((scenario, index) => {
    if (isMap(scenario)) checkScenario(context, ['scenarios', index], scenario);
  });
  if (!fits) return drafts(document, scenarios);
  const chosen = profile === undefined ? {} : childOf(childOf(document.value, 'profiles'), profile);
  return scenarios.flatMap((raw, index) => {
    const parts = { raw: raw as RawScenario, profile: (chosen ?? {}) as RawKnobs };
    return hasOneRun(raw) ? [manifestEntry(document, index, parts)] : [];
  });
}

/** The runs of a manifest that does not fit its schema: enough to find what else is wrong, never executed. */
function drafts(document: ParsedDocument, scenarios: readonly unknown[]): ScenarioEntry[] {
  return scenarios.flatMap((scenario, index) => {
    const id = childOf(scenario, 'id');
    const run = childOf(scenario, 'run') ?? childOf(scenario, 'run_config');
    if (typeof id !== 'string' || !hasOneRun(scenario) || !(isMap(run) || typeof run === 'string')) return [];
    return [
      manifestEntry(document, index, {
        raw: { id, ...(isMap(run) ? {} : { run_config: run }) },
        profile: {},
      }),
    ];
  });
}

function hasOneRun(scenario: unknown): boolean {
  return (childOf(scenario, 'run') === undefined) !== (childOf(scenario, 'run_config') === undefined);
}

function checkScenario(context: CheckContext, base: Path, scenario: Readonly<Record<string, unknown>>): void {
  const { view, problems } = context;
  checkSweep(context, base);
  if (hasOneRun(scenario)) return;
  const expected = 'either "run": a map, or "run_config": a path';
  if (scenario['run'] !== undefined) {
    const message = 'a scenario has both "run" and "run_config"';
    problems.at(view, [...base, 'run_config'], { code: 'two-run-configs', message, expected, part: 'key' });
  } else {
    problems.at(view, base, { code: 'missing-key', message: 'a scenario lacks its RunConfig', expected });
  }
}

interface EntryParts {
  readonly raw: RawScenario;
  readonly profile: RawKnobs;
}

function manifestEntry(document: ParsedDocument, index: number, { raw, profile }: EntryParts): ScenarioEntry {
  const base: Path = ['scenarios', index];
  const { file } = document.source;
  const at = [...base, 'run_config'];
  const hasFile = raw.run_config !== undefined;
  const knobs = buildKnobs({ ...raw, ...profile });
  const golden = typeof knobs.golden === 'string' ? goldenPath(document, base, knobs.golden) : knobs.golden;
  const scenario: ManifestScenario = {
    id: raw.id,
    name: raw.name ?? raw.id,
    description: raw.description ?? '',
    pillars: raw.pillars ?? [],
    tags: raw.tags ?? [],
    runtime_hint: raw.runtime_hint ?? null,
    ...buildSweep(raw),
    ...knobs,
    golden,
    run_config: hasFile ? referencedPath(document, at) : null,
    manifest: manifestName(document),
    source: { ...document.place(base), file },
  };
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

function buildKnobs(raw: RawKnobs): ScenarioKnobs {
  return {
    repeat: raw.repeat ?? DEFAULT_KNOBS.repeat,
    golden: raw.golden ?? DEFAULT_KNOBS.golden,
    expect: raw.expect ?? DEFAULT_KNOBS.expect,
    retain: raw.retain ?? DEFAULT_KNOBS.retain,
    timeout_ms: raw.timeout === undefined ? null : (parseDuration(raw.timeout) ?? null),
    retries: raw.retries ?? DEFAULT_KNOBS.retries,
  };
}
