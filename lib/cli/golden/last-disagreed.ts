import type { ManifestScenario } from '../../config/index.js';
import { isOfOtherInputs, judgeGolden } from '../../golden/index.js';
import type { RunRecord } from '../../store/records.js';
import type { BatchArguments } from '../commands/batch.js';
import { goldenDirectory, goldenTree } from './golden-context.js';

/**
 * Whether the last run of a name is at odds with its golden as that is now: what has been accepted since is settled. Judged as the
 * batch itself judges; undefined when goldens are not to be looked at.
 */
export function lastDisagreed(
  args: BatchArguments,
): ((scenario: ManifestScenario, last: RunRecord, name: string) => boolean) | undefined {
  if (args.golden === false) return undefined;
  const tree = goldenTree(args.golden);
  const isOverridden = (args.set ?? []).length > 0;
  return (scenario, last, name) => {
    const directory = goldenDirectory(tree, scenario, name);
    if (directory === undefined) return false;
    const judgement = judgeGolden(tree, directory, last);
    if (judgement.verdict === 'agrees') return false;
    return !(isOverridden && isOfOtherInputs(judgement, last));
  };
}
