import { isInt } from '../../base/integers.js';
import { parseConfigRunId } from '../../base/run-id.js';
import type { Diagnostics, LoggingConfig, LogLevel, NapLabels, RunConfig } from '../../engine/inputs.js';
import type { RunConfigDocument } from '../schemas/run-config.js';
import { childOf, isList, isMap } from '../source/path.js';
import { checkGovernance } from './governance.js';
import type { CheckContext } from './loaded.js';
import { buildNap } from './profile.js';
import { buildWindows, checkWindows, windowsOf } from './windows.js';

/** Problem codes of names that belong to another document. */
export const MISMATCH = { gid: 'gid-mismatch', run_id: 'run-id-mismatch' } as const;

/**
 * Checks within the document that a schema cannot express; accepts documents that do not match their schema.
 */
export function checkRunConfig(context: CheckContext): void {
  checkWindows(context);
  checkPrimary(context);
  checkGovernance(context, ['governance']);
  checkGovernanceNames(context);
  checkSwitches(context);
}

function checkPrimary(context: CheckContext): void {
  const { view, problems } = context;
  const windows = childOf(view.value, 'windows');
  const primary = childOf(view.value, 'primary_window_id') ?? null;
  if (isList(windows) && primary === null && windows.length > 0) {
    const message = 'the document lacks the key "primary_window_id"';
    const expected = '"primary_window_id": the window_id of a window';
    problems.at(view, [], { code: 'missing-key', message, expected });
  }
  if (typeof primary !== 'string') return;
  const ids = windowIds(context, windows);
  if (!ids || ids.length === 0 || ids.includes(primary)) return;
  const expected = ids.length <= 8 ? `one of ${ids.join(', ')}` : `a window_id such as ${String(ids[0])}`;
  const message = 'the primary window does not exist';
  problems.at(view, ['primary_window_id'], { code: 'primary-missing', message, expected });
}

/** Ids of the windows as far as they are known; undefined if `every` cannot be expanded. */
function windowIds({ view, limits }: CheckContext, windows: unknown): string[] | undefined {
  if (isList(windows))
    return windows.map((window) => childOf(window, 'window_id')).filter((id) => typeof id === 'string');
  const every = childOf(windows, 'every');
  const ticks = childOf(view.value, 'ticks');
  if (!isInt(every) || !isInt(ticks) || every < 1 || ticks < 1 || ticks / every > limits.windows)
    return undefined;
  return buildWindows({ every, apx_name: '' }, ticks).map(({ window_id }) => window_id);
}

function checkGovernanceNames({ view, problems }: CheckContext): void {
  const block = childOf(view.value, 'governance');
  for (const field of ['gid', 'run_id'] as const) {
    const given = childOf(block, field);
    const own = childOf(view.value, field);
    if (typeof given !== 'string' || typeof own !== 'string' || given === own) continue;
    const message = `the governance block is for another ${field}`;
    problems.at(view, ['governance', field], {
      code: MISMATCH[field],
      message,
      expected: own,
    });
  }
}

function checkSwitches({ view, problems }: CheckContext): void {
  const { value } = view;
  if (childOf(value, 'enable_pfna') === true && (childOf(value, 'pfna_path') ?? null) === null) {
    const message = 'enable_pfna needs the key "pfna_path"';
    problems.at(view, ['enable_pfna'], {
      code: 'pfna-path-missing',
      message,
      expected: '"pfna_path": a path',
    });
  }
  const logging = childOf(value, 'logging');
  if (!isMap(logging) || logging['destination'] !== 'file' || (logging['file_path'] ?? null) !== null) return;
  const message = 'the destination file needs the key "file_path"';
  problems.at(view, ['logging', 'destination'], {
    code: 'log-path-missing',
    message,
    expected: '"file_path": a path',
  });
}

/** The RunConfig of a run, with defaults filled in. `napDefaults` come from the profile. */
export function buildRunConfig(raw: RunConfigDocument, napDefaults: NapLabels): RunConfig {
  const windows = windowsOf(raw.windows, raw.ticks);
  return {
    v: 1,
    gid: raw.gid,
    run_id: parseConfigRunId(raw.run_id)!,
    nid: raw.nid ?? raw.gid,
    ticks: raw.ticks,
    initial_state: raw.initial_state,
    windows,
    primary_window_id: raw.primary_window_id ?? windows[0]?.window_id ?? '',
    nap: buildNap(raw.nap ?? {}, napDefaults),
    enable_codex: raw.enable_codex ?? false,
    enable_pfna: raw.enable_pfna ?? false,
    diagnostics: raw.diagnostics ? buildDiagnostics(raw.diagnostics) : null,
    logging: buildLogging(raw.logging ?? {}),
    metrics_enabled: raw.metrics?.enabled ?? true,
  };
}

function buildDiagnostics(raw: NonNullable<RunConfigDocument['diagnostics']>): Diagnostics {
  return {
    check_conservation: raw.check_conservation ?? false,
    allow_negative: raw.allow_negative ?? null,
    overflow_limit: raw.overflow_limit ?? null,
    enforce_causal_radius: raw.enforce_causal_radius ?? false,
    enforce_epsilon_cap: raw.enforce_epsilon_cap ?? false,
    kill_on_violation: raw.kill_on_violation ?? false,
  };
}

function buildLogging(raw: NonNullable<RunConfigDocument['logging']>): LoggingConfig {
  const destination = raw.destination ?? 'memory';
  return {
    enabled: raw.enabled ?? false,
    level: (raw.level ?? 'info').toLowerCase() as LogLevel,
    destination,
    file_path: destination === 'file' ? (raw.file_path ?? null) : null,
    include_ticks: raw.include_ticks ?? true,
    include_windows: raw.include_windows ?? true,
  };
}
