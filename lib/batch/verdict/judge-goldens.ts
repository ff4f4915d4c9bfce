import type { ScenarioList } from '../../config/index.js';
import { batchGoldens, brokenGoldens, wantsGolden } from '../../golden/check/batch-goldens.js';
import type { BatchGoldensOptions, GoldenReport } from '../../golden/index.js';
import type { GoldenCounts } from '../../store/batch-verdict.js';
import type { RunOutcome } from '../outcome.js';
import { goldenCounts, goldensOff } from './golden-counts.js';

/** How the goldens of a batch are judged; `off` is the reason why they are not. */
export type GoldenPlan = BatchGoldensOptions | { readonly off: string; readonly registry: ScenarioList };

/** Result of the comparison with goldens. */
export interface JudgedGoldens {
  readonly counts: GoldenCounts;
  /** Null if goldens are not judged. */
  readonly report: GoldenReport | null;
  /** The error of the comparison; undefined if there is none. The batch is concluded anyway. */
  readonly error?: unknown;
}

/** Goldens of a batch without comparison, even if its manifests request some. */
export function goldensNotCompared(why: string, wanted: number | null = null): JudgedGoldens {
  return { counts: goldensOff(why, wanted), report: null };
}

/** Compares ended runs with their goldens. Never throws: an error leaves goldens that are not judged. */
export async function judgeGoldens(runs: readonly RunOutcome[], plan: GoldenPlan): Promise<JudgedGoldens> {
  if ('off' in plan) {
    const wanted = runs.filter((run) => wantsGolden(plan.registry, run)).length;
    return goldensNotCompared(plan.off, wanted);
  }
  try {
    const report = await batchGoldens(runs, plan);
    return { counts: goldenCounts(report), report };
  } catch (error) {
    const report = brokenGoldens(runs, plan.registry, error);
    return { counts: goldenCounts(report), report, error };
  }
}
