import type { ManifestScenario, ScenarioRegistry } from '../../config/index.js';
import { shownFile } from '../shown-text.js';
import type { ScenarioDetail, ScenarioSummary } from '../wire/scenario.js';
import { documentErrors } from './document-errors.js';

/** A scenario in a list. */
export function scenarioSummary(scenario: ManifestScenario): ScenarioSummary {
  const { id, name, description, tags, pillars, runtime_hint } = scenario;
  return { id, name, description, tags, runtime_hint: runtime_hint ?? '', pillars };
}

/** A scenario for editing. Invalid documents are allowed: their problems are included. */
export function scenarioDetail(registry: ScenarioRegistry, scenario: ManifestScenario): ScenarioDetail {
  const resolved = registry.resolve(scenario.id);
  const run = resolved.ok ? resolved.value.run : undefined;
  const { run: short } = registry.describe(scenario.id) ?? { run: null };
  const { repeat, golden, expect, retain, timeout_ms, retries, matrix, zip, random, include, exclude } =
    scenario;
  const sweep = { matrix, zip, random, include, exclude };
  return {
    ...scenarioSummary(scenario),
    run_config_id: runConfigId(scenario),
    core_params: {
      ticks_total: run?.ticks ?? null,
      primary_window_id: run?.primary_window_id ?? null,
      metrics_enabled: run?.metrics_enabled ?? null,
      logging_enabled: run?.logging.enabled ?? null,
    },
    ...(resolved.ok ? { governance_preset: resolved.value.governance.governance_mode } : {}),
    advanced: {
      manifest: shownFile(scenario.source.file),
      line: scenario.source.line,
      run: short,
      windows:
        run?.windows.map(({ window_id, apx_name, start_tick, end_tick }) => ({
          window_id,
          apx_name,
          start_tick,
          end_tick,
        })) ?? [],
      sweep: Object.fromEntries(Object.entries(sweep).filter(([, axes]) => axes !== undefined)),
      knobs: {
        repeat,
        golden: typeof golden === 'string' ? shownFile(golden) : golden,
        expect,
        retain,
        timeout_ms,
        retries,
      },
      problems: resolved.ok ? [] : documentErrors(resolved.problems),
    },
  };
}

function runConfigId({ run_config, source }: ManifestScenario): string {
  return run_config === null ? `${shownFile(source.file)}#${source.pointer}/run` : shownFile(run_config);
}
