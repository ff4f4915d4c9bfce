import type { Json } from '../../base/canonical-json.js';
import type { Problem } from '../../base/problem.js';
import type { ManifestScenario } from '../../config/index.js';
import { Refusal } from '../refusal.js';
import type { ScenarioPatch } from '../wire/scenario.js';
import type { EditPath } from './edit-document.js';

/** Paths of the fields of a patch in a RunConfig. */
const CORE_PATHS: Readonly<Record<string, EditPath>> = {
  ticks_total: ['ticks'],
  primary_window_id: ['primary_window_id'],
  metrics_enabled: ['metrics', 'enabled'],
  logging_enabled: ['logging', 'enabled'],
};
const PRESET_PATH: EditPath = ['governance', 'governance_mode'];
const MANIFEST_FIELDS = ['name', 'description', 'tags', 'runtime_hint', 'pillars'] as const;

/** One field of a request, as a value of a document. */
export interface FieldEdit {
  readonly file: string;
  readonly path: EditPath;
  readonly value: Json;
  /** Pointer into the request. */
  readonly field: string;
}

/** Every document that an edit of a scenario may change. */
export function filesOf(scenario: ManifestScenario): string[] {
  return [...new Set([scenario.source.file, ...(scenario.run_config === null ? [] : [scenario.run_config])])];
}

/** List and index of a scenario in its document. */
export function placeOf({ source }: ManifestScenario): readonly [string, number] {
  const [, list, index] = source.pointer.split('/');
  if (list === undefined || index === undefined) {
    throw new Refusal(
      'scenario-not-editable',
      'The scenario is a separate RunConfig document and has no entry in a manifest',
    );
  }
  return [list, Number(index)];
}

/** The changes of a request and their places. @throws Refusal scenario-not-editable */
export function editsOf(scenario: ManifestScenario, patch: ScenarioPatch): FieldEdit[] {
  const edits: FieldEdit[] = [];
  for (const field of MANIFEST_FIELDS) {
    const value = patch[field];
    if (value === undefined) continue;
    edits.push({
      file: scenario.source.file,
      path: [...placeOf(scenario), field],
      value,
      field: `/${field}`,
    });
  }
  const inRun = (path: EditPath, value: Json, field: string): void => {
    const isInline = scenario.run_config === null;
    const file = isInline ? scenario.source.file : scenario.run_config;
    edits.push({ file, path: isInline ? [...placeOf(scenario), 'run', ...path] : path, value, field });
  };
  for (const [name, value] of Object.entries(patch.core_params ?? {}))
    inRun(CORE_PATHS[name]!, value, `/core_params/${name}`);
  if (patch.governance_preset !== undefined)
    inRun(PRESET_PATH, patch.governance_preset, '/governance_preset');
  return edits;
}

/**
 * The field of the request that a problem of the documents belongs to; otherwise the pointer in the document.
 */
export function fieldOf(problem: Problem, edits: readonly FieldEdit[]): string {
  const at = problem.pointer;
  const edit = edits.find(({ file, path }) => problem.file === file && `/${path.join('/')}` === at);
  return edit?.field ?? at;
}
