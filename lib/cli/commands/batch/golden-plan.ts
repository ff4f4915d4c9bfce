import { type PlanOptions } from '../../../batch/plan/plan.js';
import type { GoldenPlan } from '../../../batch/verdict/judge-goldens.js';
import type { ScenarioRegistry } from '../../../config/index.js';
import { askedElsewhere, lastDisagreed } from '../../../golden/index.js';
import { systemClock } from '../../../platform/clock.js';
import { nodeDocumentFiles } from '../../../platform/document-files.js';
import type { ArtefactStore } from '../../../store/port.js';
import { goldenTree } from '../../golden/golden-context.js';
import { judgeName } from '../../golden/judge-name.js';
import { isCI } from '../../is-ci.js';
import { checkUpdateMode } from './check-call.js';
import type { BatchArguments } from './options.js';

/**
 * How the goldens of this call are judged. Its code is loaded at the start: after the runs there may be no
 * file descriptor left to load it.
 */
export async function goldenPlan(
  args: BatchArguments,
  env: NodeJS.ProcessEnv,
  documents: {
    readonly store: ArtefactStore;
    readonly registry: ScenarioRegistry;
    readonly files: readonly string[];
  },
): Promise<GoldenPlan> {
  const { store, registry, files } = documents;
  if (args.golden === false) return { off: '--no-golden', registry };
  const update = checkUpdateMode(args, env);
  const tree = goldenTree(args.golden);
  return {
    tree,
    store,
    registry,
    files,
    elsewhere: askedElsewhere(tree, nodeDocumentFiles),
    whole: isWhole(args),
    update,
    read_only: isCI(env),
    overridden: isOverridden(args),
    by: update === 'none' ? null : await judgeName(args.by, env),
    why: args.reason ?? `updated by aether-batch -u ${update}`,
    clock: systemClock,
  };
}

/** The test of --last-failed for results that differ from their golden; undefined if they are not compared. */
export function disagreedOf(args: BatchArguments): PlanOptions['disagreed'] {
  if (args['last-failed'] !== true || args.golden === false) return undefined;
  return lastDisagreed(goldenTree(args.golden), { overridden: isOverridden(args) });
}

/** True if everything was selected: only then obsolete goldens can be determined. */
export function isWhole(args: BatchArguments): boolean {
  return args.grep === undefined && (args.tag ?? []).length === 0 && args['last-failed'] !== true;
}

function isOverridden(args: BatchArguments): boolean {
  return (args.set ?? []).length > 0;
}
