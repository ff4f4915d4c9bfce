import type { GoldenPlan } from '../../batch/verdict/judge-goldens.js';
import type { ScenarioList } from '../../config/index.js';
import type { GoldenPlace } from '../../golden/index.js';
import type { GoldenDiff, GoldenStatus } from '../wire/golden.js';

/** Where a run leaves its golden, and what stands for all that was looked at. */
export interface SeenGolden {
  readonly diff: GoldenDiff;
  /** Differs whenever the golden, its acceptance or the run that answers to the name is another. */
  readonly etag: string;
}

/** A judgement with what it judges: the run or the digest of its result, and the ETag of the difference looked at. */
export interface GoldenJudgement {
  readonly run_id?: string;
  readonly result_digest?: string;
  readonly if_match: string | undefined;
  readonly reason: string;
  readonly who: string;
}

/**
 * What the service needs of goldens; made where the rooms are put together. The registry tells which runs have one. Unknown names give
 * undefined.
 */
export interface GoldenService {
  /** Every golden, and every run name that should have one, ascending by name. Reads no golden. */
  places(registry: ScenarioList): Promise<readonly GoldenPlace[]>;
  /** The goldens at these places, and how the latest runs compare. */
  statuses(places: readonly GoldenPlace[]): Promise<readonly GoldenStatus[]>;
  diff(registry: ScenarioList, name: string): Promise<SeenGolden | undefined>;
  /**
   * Makes the run that was looked at the golden.
   *
   * @throws Refusal precondition-*, golden-run-differs, golden-agrees, golden-not-comparable
   */
  accept(registry: ScenarioList, name: string, judgement: GoldenJudgement): Promise<GoldenStatus | undefined>;
  /** Remembers that the result that was looked at is wrong; the golden stays. @throws Refusal as accept */
  reject(registry: ScenarioList, name: string, judgement: GoldenJudgement): Promise<GoldenStatus | undefined>;
  /** How a batch of the service is held against its goldens: as the command line does it, and accepting none. */
  batchPlan(
    registry: ScenarioList,
    parts: { readonly files: readonly string[]; readonly whole: boolean },
  ): GoldenPlan;
  /** The input key each golden was accepted with, by run name. */
  inputKeys(registry: ScenarioList): Promise<ReadonlyMap<string, string>>;
}

/** A check that takes longer than an answer may: made where the rooms are put together. */
export interface AuditRunner {
  /** Runs scenarios in varied ways; `message` names what came out differently. */
  run(
    scenarios: readonly string[],
    signal: AbortSignal,
  ): Promise<{ readonly ok: boolean; readonly message: string }>;
}
