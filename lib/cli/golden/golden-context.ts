import { join } from 'node:path';
import type { ManifestScenario } from '../../config/index.js';
import { GoldenTree, type CapturedRun, type GoldenComparer } from '../../golden/index.js';
import { diffWithKept } from '../../inspect/replay/kept-run.js';
import { RunArtefacts } from '../../inspect/run-artefacts.js';
import { RunView } from '../../inspect/run-view.js';
import { nodeTreeFiles } from '../../platform/tree-files.js';
import type { ArtefactStore } from '../../store/port.js';
import type { RunRecord } from '../../store/records.js';
import { foundOr } from '../command-error.js';

/** The goldens below a directory. */
export function goldenTree(root: string): GoldenTree {
  return new GoldenTree(root, nodeTreeFiles);
}

/** Who judges: as told, else as the environment says; null when neither does. */
export function judgeName(by: string | undefined, env: NodeJS.ProcessEnv): string | null {
  const name = by ?? env['AETHER_BY'] ?? env['USER'] ?? env['LOGNAME'] ?? '';
  return name.trim() === '' ? null : name.trim();
}

/** Where the golden of one run of a scenario lies; undefined if it has none. */
export function goldenDirectory(
  tree: GoldenTree,
  scenario: ManifestScenario,
  name: string,
): string | undefined {
  const { id, golden } = scenario;
  return golden === false ? undefined : directoryUnder(tree, golden, { id, name });
}

/** Where goldens of one run of a scenario lie: its own, and those that only a profile of its manifest asks for. */
export function goldenDirectories(
  tree: GoldenTree,
  { id, goldens }: ManifestScenario,
  name: string,
): string[] {
  return goldens.map((golden) => directoryUnder(tree, golden, { id, name }));
}

function directoryUnder(
  tree: GoldenTree,
  golden: true | string,
  { id, name }: { readonly id: string; readonly name: string },
): string {
  if (golden === true) return tree.directoryOf(name);
  // The runs of a sweep share the directory a manifest names; each has its own below it.
  return name === id ? golden : join(golden, name);
}

/** A stored run as goldens capture it. */
export function capturedRun(store: ArtefactStore, record: RunRecord): CapturedRun {
  const view = new RunView(new RunArtefacts(store, record));
  return {
    record,
    async *bytes(kind) {
      yield* foundOr(await view.cat(kind));
    },
  };
}

/** Finds where a stored run leaves its golden. */
export function goldenComparer(store: ArtefactStore): GoldenComparer {
  return (golden, run) => diffWithKept(store, golden, run.record);
}
