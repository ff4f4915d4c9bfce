import { AetherError } from '../../base/errors.js';
import { describeNotFound } from '../../inspect/find/lookup.js';
import { diffWithKept } from '../../inspect/artefacts/kept-run.js';
import { RunArtefacts } from '../../inspect/artefacts/run-artefacts.js';
import { RunView } from '../../inspect/run-view.js';
import type { ArtefactReader, ArtefactStore } from '../../store/port.js';
import type { RunRecord } from '../../store/record-types.js';
import type { CapturedRun } from './capture.js';
import type { GoldenComparer } from './golden-difference.js';

/** A stored run in the form that goldens capture. */
export function capturedRun(store: ArtefactStore, record: RunRecord): CapturedRun {
  const view = new RunView(new RunArtefacts(store, record));
  return {
    record,
    async *bytes(kind) {
      const lookup = await view.cat(kind);
      if (!lookup.ok) throw new AetherError('RUN_ARTEFACT_MISSING', describeNotFound(lookup));
      yield* lookup.value;
    },
  };
}

/** Finds the difference of a stored run from its golden. */
export function goldenComparer(store: ArtefactReader): GoldenComparer {
  return (golden, run) => diffWithKept(store, golden, run.record);
}
