import type { GoldenPlace, GoldenRecord } from '../../golden/index.js';
import type { RunRecord } from '../../store/record-types.js';
import { etagOf } from '../http/etag.js';
import { Refusal } from '../refusal.js';
import type { GoldenState } from '../wire/golden.js';
import type { GoldenJudgement } from './golden-service.js';

/** A golden; `state` is what is known without a run. */
export interface FoundGolden {
  readonly golden: GoldenRecord | null;
  readonly state: GoldenState;
}

/**
 * An ETag of everything that a judgement depends on: the golden, its acceptance, and the current run of the
 * name.
 */
export function goldenEtag(
  name: string,
  { golden, state }: FoundGolden,
  record: RunRecord | undefined,
): string {
  const { result_digest = '', accepted = null } = golden ?? {};
  const run = record === undefined ? [] : [record.id, record.result_digest];
  return etagOf('golden', name, state, result_digest, JSON.stringify(accepted), ...run);
}

/** Refuses a judgement of a result that is not the current one. @throws Refusal golden-run-differs */
export function requireNamed(
  name: string,
  record: RunRecord | undefined,
  { run_id, result_digest }: GoldenJudgement,
): asserts record is RunRecord {
  const isRun = run_id === undefined || run_id === record?.id;
  const isResult = result_digest === undefined || result_digest === record?.result_digest;
  if (record !== undefined && isRun && isResult) return;
  const now = record === undefined ? 'no run' : `run ${record.id} with the result ${record.result_digest}`;
  throw new Refusal('golden-run-differs', `${now} is now the latest of ${name}; view its difference first`, {
    ...(record !== undefined && { run_id: record.id }),
  });
}

/** @throws Refusal golden-not-comparable */
export function refuseOtherEnds({ name, scenario }: GoldenPlace, { state }: RunRecord): void {
  const expected = scenario === null || scenario.expect === 'completed' ? 'completed' : 'faulted';
  if (state === expected) return;
  const detail = `The latest run of ${name} ended as ${state}; a golden needs a run that ${expected}`;
  throw new Refusal('golden-not-comparable', detail);
}

/** @throws Refusal golden-agrees */
export function refuseAgreeing(name: string, { accepted }: GoldenRecord): never {
  const who =
    accepted === null ? '' : ` since ${accepted.at}, accepted by ${accepted.by ?? 'an unknown user'}`;
  throw new Refusal('golden-agrees', `The golden of ${name} already has this result${who}`);
}
