import type { RunRecord } from '../../store/record-types.js';
import type { GoldenRecord } from '../tree/golden-record.js';

/** The fields of a run or a golden that decide whether two results agree. */
export interface Ending extends Pick<RunRecord, 'result_digest' | 'state' | 'ticks_completed'> {
  readonly failure: GoldenRecord['failure'];
}

/** True for the same bytes and the same end. The files of a golden are not compared. */
export function agrees(golden: Ending, run: Ending): boolean {
  return golden.result_digest === run.result_digest && endingDifferences(golden, run).length === 0;
}

/** The fields of the end that differ. */
export function endingDifferences(
  golden: Ending,
  run: Ending,
): readonly { readonly field: string; readonly a: string; readonly b: string }[] {
  const pairs = [
    ['state', golden.state, run.state],
    ['failure/code', golden.failure?.code, run.failure?.code],
    ['failure/tick', golden.failure?.tick, run.failure?.tick],
    ['failure/place', golden.failure?.place, run.failure?.place],
    ['ticks_completed', golden.ticks_completed, run.ticks_completed],
  ] as const;
  return pairs
    .map(([field, a, b]) => ({ field, a: String(a ?? 'none'), b: String(b ?? 'none') }))
    .filter(({ a, b }) => a !== b);
}
