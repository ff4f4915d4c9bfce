import type { RunId } from '../../base/run-id.js';
import type { GoldenPlan } from '../../batch/verdict/judge-goldens.js';
import type { ScenarioList } from '../../config/index.js';
import type { GoldenPlace } from '../../golden/index.js';
import type { GoldenDiff, GoldenStatus } from '../wire/golden.js';

/** The difference of a run from its golden, with a version of everything that was viewed. */
export interface SeenGolden {
  readonly diff: GoldenDiff;
  /** Changes when the golden, its acceptance or the current run of the name changes. */
  readonly etag: string;
}

/**
 * A judgement and its subject: the run or the digest of its result, and the ETag of the viewed difference.
 */
export interface GoldenJudgement {
  readonly run_id?: RunId;
  readonly result_digest?: string;
  readonly if_match: string | undefined;
  readonly reason: string;
  readonly who: string;
}

/**
 * Golden operations of the service; implemented by the composition root. The registry determines which runs
 * have a golden. Unknown names give undefined.
 */
export interface GoldenService {
  /** Every golden, and every run name that should have one, ascending by name. Reads no golden. */
  places(registry: ScenarioList): Promise<readonly GoldenPlace[]>;
  /** The goldens at these places, and the state of the latest runs. */
  statuses(places: readonly GoldenPlace[]): Promise<readonly GoldenStatus[]>;
  diff(registry: ScenarioList, name: string): Promise<SeenGolden | undefined>;
  /**
   * Accepts the viewed run as the golden.
   *
   * @throws Refusal precondition-*, golden-run-differs, golden-agrees, golden-not-comparable
   */
  accept(registry: ScenarioList, name: string, judgement: GoldenJudgement): Promise<GoldenStatus | undefined>;
  /** Rejects the viewed result; the golden is unchanged. @throws Refusal as accept */
  reject(registry: ScenarioList, name: string, judgement: GoldenJudgement): Promise<GoldenStatus | undefined>;
  /** How goldens of a batch of the service are judged: as on the command line, without accepting any. */
  batchPlan(
    registry: ScenarioList,
    parts: { readonly files: readonly string[]; readonly whole: boolean },
  ): GoldenPlan;
  /** The input key of each accepted golden, by run name. */
  inputKeys(registry: ScenarioList): Promise<ReadonlyMap<string, string>>;
}

/** A check that takes longer than a request may: implemented by the composition root. */
export interface AuditRunner {
  /** Runs scenarios in several rounds; `message` names the differences. */
  run(
    scenarios: readonly string[],
    signal: AbortSignal,
  ): Promise<{ readonly ok: boolean; readonly message: string }>;
}
