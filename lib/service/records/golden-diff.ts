import {
  checkGolden,
  describeVerdict,
  goldenComparer,
  recordDiff,
  withoutLongRecords,
  type GoldenTree,
  type GoldenVerdict,
} from '../../golden/index.js';
import type { ArtefactReader } from '../../store/port.js';
import type { RunRecord } from '../../store/record-types.js';
import type { GoldenDiff, GoldenState } from '../wire/golden.js';

/** The compared items, by name and digests. */
export type ComparedGolden = Pick<GoldenDiff, 'name' | 'golden_digest'>;

/** The difference of a run from the golden of a directory. */
export async function goldenDiff(
  places: { readonly tree: GoldenTree; readonly store: ArtefactReader },
  { directory, about }: { readonly directory: string; readonly about: ComparedGolden },
  record: RunRecord,
): Promise<GoldenDiff> {
  const compare = goldenComparer(places.store);
  const verdict = await checkGolden(places.tree, directory, { record }, (golden) =>
    compare(golden, { record }),
  );
  return differenceOf(verdict, { ...about, run_id: record.id, result_digest: record.result_digest });
}

const STATES: Readonly<Record<GoldenVerdict['verdict'], GoldenState>> = {
  agrees: 'agrees',
  missing: 'missing',
  damaged: 'damaged',
  changed: 'differs',
};

function differenceOf(
  verdict: GoldenVerdict,
  run: Pick<GoldenDiff, 'name' | 'golden_digest' | 'run_id' | 'result_digest'>,
): GoldenDiff {
  const lines = describeVerdict(verdict);
  const summary = lines.length === 0 ? 'The run agrees with its golden.' : lines.join('\n');
  const about = { ...run, state: STATES[verdict.verdict], summary };
  if (verdict.verdict !== 'changed') return { ...about, diff: '', details: null };
  const { cause, ending, difference } = verdict;
  const details = { cause, ending, ...withoutLongRecords(difference) };
  return { ...about, diff: recordDiff(difference), details };
}
