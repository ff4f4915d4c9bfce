import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Test } from 'tap';
import {
  goldenChecks,
  GoldenTree,
  type CapturedRun,
  type GoldenChecksOptions,
  type GoldenComparer,
  type GoldenReport,
  type GoldenSubject,
} from '../../lib/golden/index.js';
import { diffWithKept, type RunView } from '../../lib/inspect/index.js';
import { nodeProcesses, nodeTreeFiles } from '../../lib/platform/index.js';
import type { ArtefactStore } from '../../lib/store/index.js';
import { must, mustOpen } from '../inspect/sample-store.js';

/** A directory that is removed when the test ends. */
export function scratch(t: Test): string {
  const directory = mkdtempSync(join(tmpdir(), 'aether-golden-'));
  t.teardown(() => {
    rmSync(directory, { recursive: true, force: true });
  });
  return directory;
}

/** A run as captured by goldens. */
export function captured(view: RunView): CapturedRun {
  return {
    record: view.record,
    bytes: async function* (kind) {
      yield* must(await view.cat(kind));
    },
  };
}

function comparer(store: ArtefactStore): GoldenComparer {
  return (golden, run) => diffWithKept(store, golden, run.record);
}

/** A store, a golden tree and a manifest file, connected as in the composition root. */
export class Bench {
  readonly tree: GoldenTree;
  readonly manifest: string;
  readonly store: ArtefactStore;

  /** @param manifest true if the manifest exists */
  constructor(directory: string, store: ArtefactStore, manifest: 'made' | 'kept' = 'made') {
    this.tree = new GoldenTree(join(directory, 'golden'), nodeTreeFiles, nodeProcesses());
    this.manifest = join(directory, 'manifest.yaml');
    this.store = store;
    if (manifest === 'made') nodeTreeFiles.create(this.manifest, 'kind: BatchManifest\n', 0o644);
  }

  subject(name: string, ref: string): GoldenSubject {
    return {
      name,
      scenario: name,
      manifest: this.manifest,
      directory: this.tree.directoryOf(name),
      open: async () => captured(await mustOpen(this.store, ref)),
    };
  }

  /** Checks runs, given as golden name and run id. */
  check(
    runs: Readonly<Record<string, string>>,
    options: Partial<GoldenChecksOptions> = {},
  ): Promise<GoldenReport> {
    const subjects = Object.entries(runs).map(([name, ref]) => this.subject(name, ref));
    const directories = new Set(subjects.map(({ directory }) => directory));
    return goldenChecks({
      tree: this.tree,
      compare: comparer(this.store),
      subjects,
      references: { directories, manifests: [this.manifest] },
      update: 'none',
      read_only: false,
      overridden: false,
      by: 'tester',
      why: 'first result',
      clock: { now: () => 1735689600000, monotonic: () => 0 },
      ...options,
    });
  }
}
