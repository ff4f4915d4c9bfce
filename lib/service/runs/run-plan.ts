import type { Json } from '../../base/canonical-json.js';
import { packInputs, type PackedInputs } from '../../execution/job-inputs.js';
import { overBudget, type RunBudget } from '../../batch/plan/budget.js';
import { estimatedMs } from '../../batch/plan/forecast.js';
import { expandCells, type PlannedRun } from '../../batch/index.js';
import { inputKey } from '../../session/input-key.js';
import { overrideFromKey, type Override, type ScenarioRegistry } from '../../config/index.js';
import type { RunInputs } from '../../engine/inputs.js';
import { mostNodes } from '../../inspect/most-nodes.js';
import { Refusal } from '../refusal.js';
import { documentErrors } from '../scenarios/document-errors.js';
import { governanceOverrides } from '../state/base-governance.js';
import type { GovernanceKnobs } from '../state/governance-document.js';
import type { StartRun } from '../wire/run-status.js';

/** Maximum number of cells that are searched for a name. */
const CELL_LIMIT = 100_000;

export interface RunPlanOptions {
  readonly registry: ScenarioRegistry;
  readonly governance: GovernanceKnobs;
  /** Maximum cost of one run. */
  readonly budget: RunBudget;
}

/** Facts from the documents of an active run. */
interface RunFacts {
  /** Maximum number of nodes of the graph at any tick. */
  readonly nodes: number;
  /** Number of edges before any structural event. */
  readonly edges: number;
  readonly windows: number;
  /** Ticks between two I-blocks. */
  readonly block_spacing: number;
  readonly governance_mode: string;
}

/** A requested run, resolved. */
export interface ResolvedRun extends Omit<PlannedRun, 'inputs'> {
  readonly resolved: RunInputs;
}

/** A run that can be started. Plain data that is sent to threads without copying its documents. */
export interface RunPlan extends Omit<PlannedRun, 'inputs'> {
  readonly packed: PackedInputs;
  readonly facts: RunFacts;
}

export function plainPlan({ resolved, ...planned }: ResolvedRun): RunPlan {
  const { topology, profile, run, governance } = resolved;
  return {
    ...planned,
    packed: packInputs(resolved),
    facts: {
      nodes: mostNodes(resolved),
      edges: topology.edges.length,
      windows: run.windows.length,
      block_spacing: profile.I_block_spacing_W,
      governance_mode: governance.governance_mode,
    },
  };
}

/**
 * Resolves the request of POST /runs. Every difference from the documents of the scenario is part of the
 * name, so that a run under its plain name always has the plain inputs.
 *
 * @throws Refusal unknown-scenario, invalid-document, over-budget
 */
export function planRun(request: StartRun, options: RunPlanOptions): ResolvedRun {
  const { registry } = options;
  const scenario = registry.get(request.scenario_id);
  if (scenario === undefined) {
    const near = registry.nearest(request.scenario_id);
    throw new Refusal('unknown-scenario', `There is no scenario ${request.scenario_id}`, { near });
  }
  const cell = cellOf(scenario, request.cell);
  const plain = resolve(registry, scenario.id, { values: cell.values, further: [] });
  const extra = { ...askedFor(request, plain), ...governanceFor(request, plain, options.governance) };
  const values = { ...cell.values, ...extra };
  const hidden = loggingOverride(request);
  const changed = Object.keys(extra).length > 0;
  const resolved =
    changed || hidden.length > 0 ? resolve(registry, scenario.id, { values, further: hidden }) : plain;
  const name = changed ? nameOf(scenario.id, values) : cell.name;
  refuseTooLarge(resolved, options.budget, { name, retain: scenario.retain });
  const key = inputKey(resolved);
  return {
    name,
    scenario: scenario.id,
    cell: values,
    config_run_id: resolved.run.run_id,
    gid: resolved.run.gid,
    ticks_total: resolved.run.ticks,
    input_key: key.key,
    documents: key.documents,
    expect: changed ? 'completed' : scenario.expect,
    retain: scenario.retain,
    timeout_ms: scenario.timeout_ms,
    retries: 0,
    repeat: 1,
    action: 'run',
    reason: { why: 'forced' },
    earlier: null,
    forecast: { duration_ms: 0, bytes: null, from_history: false },
    estimated_ms: estimatedMs(resolved),
    resolved,
  };
}

type Values = Readonly<Record<string, Json>>;

function cellOf(
  scenario: Parameters<typeof expandCells>[1] & { readonly id: string },
  wanted: string | undefined,
) {
  let looked = 0;
  for (const cell of expandCells(scenario.id, scenario)) {
    if (wanted === undefined || cell.name === wanted) return cell;
    if (++looked === CELL_LIMIT) break;
  }
  throw new Refusal('unknown-scenario', `Scenario ${scenario.id} has no run of the name ${wanted ?? ''}`);
}

function nameOf(scenario: string, values: Values): string {
  const [cell] = expandCells(scenario, { include: [values] });
  return cell!.name;
}

/** Overrides that change results, as far as they change anything. */
function askedFor({ overrides = {} }: StartRun, { run }: RunInputs): Values {
  const { ticks_total, metrics_enabled } = overrides;
  const values: Record<string, Json> = {};
  if (ticks_total !== undefined && ticks_total !== run.ticks) values['ticks'] = ticks_total;
  if (metrics_enabled !== undefined && metrics_enabled !== run.metrics_enabled)
    values['metrics.enabled'] = metrics_enabled;
  return values;
}

/** The preset of the run takes precedence over the base governance. */
function governanceFor({ overrides }: StartRun, { governance }: RunInputs, base: GovernanceKnobs): Values {
  const preset = overrides?.governance_preset;
  return governanceOverrides({ ...base, mode: preset ?? base.mode }, governance);
}

/** Logging never changes a result, so it is not part of the name. */
function loggingOverride({ overrides }: StartRun): Override[] {
  const enabled = overrides?.logging_enabled;
  if (enabled === undefined) return [];
  const made = overrideFromKey('logging.enabled', enabled, 'the request');
  return made.ok ? [made.value] : [];
}

/** Overrides by key, which are part of the name, and further ones, which are not. */
interface Overriding {
  readonly values: Values;
  readonly further: readonly Override[];
}

function resolve(registry: ScenarioRegistry, id: string, { values, further }: Overriding): RunInputs {
  const overrides: Override[] = [];
  for (const [key, value] of Object.entries(values)) {
    const made = overrideFromKey(key, value, 'the request');
    if (!made.ok)
      throw new Refusal('invalid-document', made.problems[0]!.message, {
        errors: documentErrors(made.problems),
      });
    overrides.push(made.value);
  }
  const resolved = registry.resolve(id, [...overrides, ...further]);
  if (resolved.ok) return resolved.value;
  const errors = documentErrors(resolved.problems, ({ pointer }) =>
    pointer === '/ticks' ? '/overrides/ticks_total' : pointer,
  );
  throw new Refusal('invalid-document', `The documents of ${id} are invalid: ${errors[0]!.detail}`, {
    errors,
  });
}

function refuseTooLarge(
  inputs: RunInputs,
  budget: RunBudget,
  what: { readonly name: string; readonly retain: 'full' | 'compact' },
): void {
  const place = { file: '', line: 0, column: 0, pointer: '/overrides/ticks_total' };
  const problems = overBudget(inputs, budget, { ...what, place });
  const [first] = problems;
  if (first === undefined) return;
  const errors = problems.map(({ pointer, message, found, expected, hint }) => ({
    pointer,
    detail: message,
    ...(found === undefined ? {} : { found }),
    ...(expected === undefined ? {} : { expected }),
    ...(hint === undefined ? {} : { hint }),
  }));
  const limit = `${first.found ?? ''}, ${first.expected ?? ''}; ${first.hint ?? ''}`;
  throw new Refusal('over-budget', `${first.message}: ${limit}`, { errors });
}
