import type { RunRecord } from '../../store/record-types.js';
import type { CapturedRun } from './capture.js';
import { agrees, endingDifferences } from './ending.js';
import { causeOf, type Cause, type GoldenDifference } from './golden-difference.js';
import { isDamage } from '../tree/golden-file.js';
import type { GoldenRecord } from '../tree/golden-record.js';
import { goldenRun, type GoldenRun } from './golden-run.js';
import type { GoldenTree } from '../tree/golden-tree.js';
import type { Renamed } from '../places/renamed.js';

/** Result of comparing a run with its golden. */
export type GoldenVerdict =
  | {
      readonly verdict: 'agrees';
      readonly golden: GoldenRecord;
      /** True if the documents or the engine differ from those of the golden, but the result does not. */
      readonly moved: boolean;
    }
  | {
      readonly verdict: 'missing';
      /** Its location under a former name of the run, if an obsolete golden matches this run. */
      readonly renamed?: Renamed;
    }
  | { readonly verdict: 'damaged'; readonly message: string }
  | {
      readonly verdict: 'changed';
      readonly golden: GoldenRecord;
      readonly cause: Cause;
      /** Fields of the whole run that differ: state, fault code, tick or place. */
      readonly ending: readonly { readonly field: string; readonly a: string; readonly b: string }[];
      readonly difference: GoldenDifference;
    };

type Changed = Extract<GoldenVerdict, { readonly verdict: 'changed' }>;

/** A verdict without the position of the difference. */
export type GoldenJudgement = Exclude<GoldenVerdict, Changed> | Omit<Changed, 'difference'>;

/** Judges a run by the golden in a directory, from digests alone: needs only the record of the run. */
export function judgeGolden(tree: GoldenTree, directory: string, run: RunRecord): GoldenJudgement {
  try {
    const golden = tree.read(directory);
    if (golden === undefined) return { verdict: 'missing' };
    tree.check(directory, golden);
    if (agrees(golden, run)) return { verdict: 'agrees', golden, moved: golden.input_key !== run.input_key };
    return {
      verdict: 'changed',
      golden,
      cause: causeOf(golden, run),
      ending: endingDifferences(golden, run),
    };
  } catch (error) {
    return damaged(error);
  }
}

/** Compares a run with the golden in a directory: digests first, and the bytes only if they differ. */
export async function checkGolden(
  tree: GoldenTree,
  directory: string,
  run: Pick<CapturedRun, 'record'>,
  compare: (golden: GoldenRun) => Promise<GoldenDifference>,
): Promise<GoldenVerdict> {
  for (let n = 0; ; n++) {
    const judgement = await judgeSettled(tree, directory, run.record);
    if (judgement.verdict !== 'changed') return judgement;
    const before = tree.versionOf(directory);
    try {
      const difference = await compare(goldenRun(tree, directory, judgement.golden));
      return { ...judgement, difference };
    } catch (error) {
      const verdict = damaged(error);
      const isStanding = before !== null && before === tree.versionOf(directory);
      if (isStanding || n >= ATTEMPTS) return verdict;
    }
  }
}

function damaged(error: unknown): Extract<GoldenVerdict, { readonly verdict: 'damaged' }> {
  if (!isDamage(error)) throw error;
  return { verdict: 'damaged', message: error.message };
}

/** Maximum of attempts to read a golden while another process writes it. */
const ATTEMPTS = 100;

/** Like judgeGolden; a golden that looks damaged because another process is writing it is read again. */
async function judgeSettled(tree: GoldenTree, directory: string, run: RunRecord): Promise<GoldenJudgement> {
  let judgement = judgeGolden(tree, directory, run);
  for (let n = 0; judgement.verdict === 'damaged' && n < ATTEMPTS; n++) {
    try {
      await tree.settled();
      const before = tree.versionOf(directory);
      judgement = judgeGolden(tree, directory, run);
      if (before !== null && before === tree.versionOf(directory)) break;
    } catch {
      // It is unknown whether another process writes: accept the golden as read.
      break;
    }
  }
  return judgement;
}
