import { dirname } from 'node:path';
import type { Json } from '../../base/canonical-json.js';
import { invalid, type Checked, type Problem } from '../../base/problem.js';
import type { ConfigRunId } from '../../base/run-id.js';
import type { RunInputs } from '../../engine/inputs.js';
import type { DocumentLibrary } from '../document-library.js';
import { overrideAt, overrideTarget, type Override, type OverrideTarget } from '../override.js';
import { mergeProblems, problemAt } from '../problem-list.js';
import { resolveRun } from '../run-resolver.js';
import { combinations, isSwept } from '../sweep/combinations.js';
import { CellMemo } from './cell-memo.js';
import type { ManifestScenario } from './manifest-scenario.js';
import type { ScenarioEntry } from './scenario-entry.js';
import { ScenarioList } from './scenario-list.js';

/** Summary of the run of a scenario; null if its documents are invalid. */
interface RunSummary {
  readonly gid: string;
  readonly run_id: ConfigRunId;
  readonly ticks: number;
  readonly nodes: number;
  readonly edges: number;
  readonly windows: number;
  readonly primary_window_id: string;
  readonly profile: string;
  readonly accounting: string;
  readonly governance_mode: string;
  readonly enable_codex: boolean;
  readonly enable_pfna: boolean;
}

export interface ScenarioDescription {
  readonly scenario: ManifestScenario;
  readonly run: RunSummary | null;
  readonly problems: readonly Problem[];
}

/** Data shared by the cells of a sweep. */
interface SweepState {
  readonly memo: CellMemo;
  /** Targets of its keys. */
  readonly targets: Map<string, Checked<OverrideTarget>>;
}

/** The union of the loaded manifests: lists, describes and resolves scenarios by id. */
export class ScenarioRegistry extends ScenarioList {
  readonly #entries: ReadonlyMap<string, ScenarioEntry>;
  readonly #library: DocumentLibrary;
  readonly #sweeps = new Map<string, SweepState>();

  /** @param entries with unique ids */
  constructor(entries: readonly ScenarioEntry[], library: DocumentLibrary) {
    super(entries.map(({ scenario }) => scenario));
    this.#entries = new Map(entries.map((entry) => [entry.scenario.id, entry]));
    this.#library = library;
  }

  /** The scenario and a summary of its run; undefined for an unknown id. */
  describe(id: string): ScenarioDescription | undefined {
    const scenario = this.get(id);
    if (!scenario) return undefined;
    const resolved = this.#resolveFirst(scenario);
    if (!resolved.ok) return { scenario, run: null, problems: resolved.problems };
    return { scenario, run: summaryOf(resolved.value), problems: [] };
  }

  /** The documents of the scenario as written; of the first cell if only the sweep makes them complete. */
  #resolveFirst(scenario: ManifestScenario): Checked<RunInputs> {
    const base = this.resolve(scenario.id);
    if (base.ok || !isSwept(scenario)) return base;
    for (const values of combinations(scenario))
      return this.resolveCell(scenario.id, Object.fromEntries(values));
    return base;
  }

  /**
   * The validated inputs of a run of the scenario with overrides applied to its documents. Documents shared
   * by several calls are the same objects in every result.
   */
  resolve(id: string, overrides: readonly Override[] = []): Checked<RunInputs> {
    const entry = this.#entries.get(id);
    if (!entry) return invalid([this.#unknown(id)]);
    const { view, problems } = entry.runConfig(this.#library);
    if (!view) return invalid(problems);
    const manifest = entry.scenario.source.file;
    const request = {
      base: view,
      overrides,
      directory: dirname(manifest),
      root: this.#library.rootOf(manifest),
    };
    const resolved = resolveRun(request, this.#library);
    if (problems.length === 0) return resolved;
    return invalid(mergeProblems([problems, resolved.ok ? [] : resolved.problems]));
  }

  /**
   * Like `resolve`, with the values of a cell of the sweep below the overrides, each with its place in the
   * manifest.
   */
  resolveCell(
    id: string,
    values: Readonly<Record<string, Json>>,
    overrides: readonly Override[] = [],
  ): Checked<RunInputs> {
    const { memo, targets } = this.#sweepOf(id);
    const origins = this.#entries.get(id)?.sweep;
    const all: Override[] = [];
    const problems: Problem[] = [];
    for (const key of Object.keys(values)) {
      let target = targets.get(key);
      if (!target) targets.set(key, (target = overrideTarget(key, id)));
      const made = target.ok ? overrideAt(target.value, values[key]!, id) : target;
      if (made.ok) all.push(origins ? { ...made.value, origins } : made.value);
      else problems.push(...made.problems);
    }
    if (problems.length > 0) return invalid(problems);
    all.push(...overrides);
    return memo.resolve(all, () => this.resolve(id, all));
  }

  #sweepOf(id: string): SweepState {
    let sweep = this.#sweeps.get(id);
    if (!sweep) this.#sweeps.set(id, (sweep = { memo: new CellMemo(), targets: new Map() }));
    return sweep;
  }

  #unknown(id: string): Problem {
    const close = this.nearest(id);
    const hint = close.length === 0 ? 'no scenario is loaded' : `similar ids: ${close.join(', ')}`;
    const place = { file: id, line: 0, column: 0, pointer: '' };
    return problemAt(place, { code: 'unknown-scenario', message: `there is no scenario "${id}"`, hint });
  }
}

function summaryOf({ topology, profile, run, governance }: RunInputs): RunSummary {
  return {
    gid: run.gid,
    run_id: run.run_id,
    ticks: run.ticks,
    nodes: topology.N,
    edges: topology.edges.length,
    windows: run.windows.length,
    primary_window_id: run.primary_window_id,
    profile: profile.name,
    accounting: profile.press_defaults.accounting,
    governance_mode: governance.governance_mode,
    enable_codex: run.enable_codex,
    enable_pfna: run.enable_pfna,
  };
}
