import { askedElsewhere, type GoldenTree } from '../../lib/golden/index.js';
import { nodeDocumentFiles } from '../../lib/platform/index.js';
import type { ServiceGoldens } from '../../lib/service/index.js';
import { answerHere } from '../../lib/service/reading/answer-here.js';
import { RunRecords } from '../../lib/service/records/run-records.js';
import type { ArtefactStore } from '../../lib/store/port.js';

type Options = ConstructorParameters<typeof ServiceGoldens>[0];

/** Compares goldens with runs and manifests on the calling thread. */
export function readGoldensHere(
  tree: GoldenTree,
  store: ArtefactStore,
): Pick<Options, 'records' | 'elsewhere'> {
  return {
    records: answerHere(new RunRecords(store, tree)),
    elsewhere: askedElsewhere(tree, nodeDocumentFiles),
  };
}
