import type { GoldenPlan } from '../../batch/verdict/judge-goldens.js';
import type { ScenarioRegistry } from '../../config/index.js';
import type { GoldenDiff, GoldenStatus } from '../wire/golden.js';

/**
 * What the service needs of goldens; made where the rooms are put together. The registry tells which runs have one. Unknown names give
 * undefined.
 */
export interface GoldenDesk {
  /** Every golden, and every run name that should have one, ascending by name. */
  list(registry: ScenarioRegistry): Promise<readonly GoldenStatus[]>;
  diff(registry: ScenarioRegistry, name: string): Promise<GoldenDiff | undefined>;
  /** Makes the latest run of that name its golden. @throws Refusal golden-not-comparable */
  accept(
    registry: ScenarioRegistry,
    name: string,
    by: { readonly reason: string; readonly who: string },
  ): Promise<GoldenStatus | undefined>;
  /** How a batch of the service is held against its goldens: as the command line does it, and accepting none. */
  batchPlan(
    registry: ScenarioRegistry,
    parts: { readonly files: readonly string[]; readonly whole: boolean },
  ): GoldenPlan;
  /** The input key each golden was accepted with, by run name. */
  inputKeys(registry: ScenarioRegistry): Promise<ReadonlyMap<string, string>>;
}

/** A check that takes longer than an answer may: made where the rooms are put together. */
export interface AuditDesk {
  /** Runs scenarios in varied ways; `message` names what came out differently. */
  run(
    scenarios: readonly string[],
    signal: AbortSignal,
  ): Promise<{ readonly ok: boolean; readonly message: string }>;
}
