import { join } from 'node:path';
import { InvariantError } from '../../../base/errors.js';
import { planBatch, runBatch } from '../../../batch/pipeline.js';
import { AS_WRITTEN } from '../../../batch/plan/plan.js';
import { judgeGoldens } from '../../../batch/verdict/judge-goldens.js';
import { EXAMPLE_MANIFEST, EXAMPLE_SCENARIO } from '../../../config/example/example-project.js';
import { systemClock } from '../../../platform/clock.js';
import { nodeDocumentFiles } from '../../../platform/document-files.js';
import { MemoryStore } from '../../../store/memory-store.js';
import { NO_LIMITS, onThisMachine, UNWATCHED } from '../../batch/on-this-machine.js';
import type { CommandContext } from '../../command-context.js';
import { InvalidDocuments } from '../../command-error.js';
import { askedElsewhere } from '../../../golden/index.js';
import { goldenTree } from '../../golden/golden-context.js';
import { judgeName } from '../../golden/judge-name.js';
import { endAtOnce, Interruption } from '../../interruption.js';
import { loadScenarios } from '../../scenarios/load-scenarios.js';
import { inProcess } from '../../worker/executor-for.js';
import { logPlaces } from '../../worker/log-destination.js';

/** Computes the golden of the example with the installed engine, in a temporary store. */
export async function writeFirstGolden(directory: string, { env }: CommandContext): Promise<void> {
  const { registry, files } = await loadScenarios([join(directory, EXAMPLE_MANIFEST)]);
  const store = new MemoryStore();
  const selection = { grep: null, tags: [], scenarios: [EXAMPLE_SCENARIO] };
  const plan = await planBatch({ ...AS_WRITTEN, registry, store, selection });
  if (!plan.ok) throw new InvalidDocuments(plan.problems);
  const interruption = new Interruption(endAtOnce);
  const tree = goldenTree(join(directory, 'golden'));
  try {
    const { goldens, verdict } = await runBatch(plan.value, {
      around: onThisMachine(store, inProcess(logPlaces('stderr', directory)), env),
      limits: NO_LIMITS,
      manifests: files,
      interruption,
      judge: async (runs) =>
        judgeGoldens(runs, {
          tree,
          store,
          registry,
          files,
          elsewhere: askedElsewhere(tree, nodeDocumentFiles),
          whole: false,
          update: 'missing',
          read_only: false,
          overridden: false,
          by: await judgeName(undefined, env),
          why: 'example of aether init',
          clock: systemClock,
        }),
      watch: () => Promise.resolve(UNWATCHED),
    });
    if (goldens.error !== undefined) throw goldens.error;
    if (!verdict.ok)
      throw new InvariantError(`the example of aether init: ${verdict.reasons[0]?.message ?? ''}`);
  } finally {
    interruption.end();
  }
}
