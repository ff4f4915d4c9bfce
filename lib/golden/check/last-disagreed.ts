import type { ManifestScenario } from '../../config/index.js';
import type { RunRecord } from '../../store/record-types.js';
import { judgeGolden } from '../compare/check-golden.js';
import { isOfOtherInputs } from './golden-checks.js';
import { goldenDirectory } from '../places/golden-directory.js';
import type { GoldenTree } from '../tree/golden-tree.js';

/**
 * True if the last run of a name differs from its current golden; a result accepted since does not differ.
 * Judged by the rules of the batch. `overridden` is true if the documents were overridden for this call.
 */
export function lastDisagreed(
  tree: GoldenTree,
  { overridden }: { readonly overridden: boolean },
): (scenario: ManifestScenario, last: RunRecord, name: string) => boolean {
  return (scenario, last, name) => {
    const directory = goldenDirectory(tree, scenario, name);
    if (directory === undefined) return false;
    const judgement = judgeGolden(tree, directory, last);
    if (judgement.verdict === 'agrees') return false;
    return !(overridden && isOfOtherInputs(judgement, last));
  };
}
