import { join } from 'node:path';
import { portablePath } from './elsewhere.js';
import { isDamage } from '../tree/golden-file.js';
import type { GoldenTree } from '../tree/golden-tree.js';
import type { NotJudged } from '../check/not-judged.js';

/** A golden that no manifest requests. */
export interface ObsoleteGolden {
  readonly name: string;
  readonly directory: string;
  readonly why: string;
}

/** The goldens that manifests request. */
export interface References {
  /** Directories of goldens of the runs of the loaded manifests. */
  readonly directories: ReadonlySet<string>;
  /** The manifest files loaded. */
  readonly manifests: readonly string[];
  /**
   * Directories that further manifests of the project request; `recorded` are the manifests named in goldens.
   * Called only if something seems to be obsolete.
   */
  readonly unloaded?: (recorded: readonly string[]) => Promise<ReadonlySet<string>>;
}

/** A golden, or a pending result, whose manifest may no longer request it. */
export interface Asked {
  readonly directory: string;
  /** The manifest that it names, relative to the root; null if unknown. */
  readonly manifest: string | null;
}

/** Determines why goldens are not requested. */
export class Unasked {
  readonly #tree: GoldenTree;
  readonly #references: References;
  readonly #asked: ReadonlySet<string>;
  readonly #loaded: ReadonlySet<string>;

  constructor(tree: GoldenTree, references: References) {
    this.#tree = tree;
    this.#references = references;
    this.#asked = new Set([...references.directories].map((directory) => tree.identityOf(directory)));
    this.#loaded = new Set(references.manifests.map((file) => portablePath(tree.root, file)));
  }

  /**
   * The items that no manifest of the project requests, with the reason. Items of manifests that are not
   * loaded are omitted.
   */
  async of<T extends Asked>(
    items: readonly T[],
  ): Promise<readonly { readonly item: T; readonly why: string }[]> {
    const { files, root } = this.#tree;
    const candidates = items.flatMap((item) => {
      if (this.#asked.has(this.#tree.identityOf(item.directory))) return [];
      const { manifest } = item;
      const isThere = manifest !== null && files.stat(join(root, manifest)) !== undefined;
      if (manifest !== null && isThere && !this.#loaded.has(manifest)) return [];
      const why =
        manifest === null
          ? 'no manifest requests it'
          : isThere
            ? `${manifest} no longer requests it`
            : `its manifest ${manifest} no longer exists`;
      return [{ item, why }];
    });
    if (candidates.length === 0) return [];
    const recorded = candidates.flatMap(({ item }) =>
      item.manifest === null ? [] : join(root, item.manifest),
    );
    const further = (await this.#references.unloaded?.([...new Set(recorded)])) ?? new Set();
    const elsewhere = new Set([...further].map((directory) => this.#tree.identityOf(directory)));
    return candidates.filter(({ item }) => !elsewhere.has(this.#tree.identityOf(item.directory)));
  }
}

/**
 * Goldens that are not compared with any run. A golden of a manifest that is not loaded is not judged; one
 * whose manifest no longer exists is obsolete, unless another manifest of the project requests it.
 */
export async function obsoleteGoldens(
  tree: GoldenTree,
  references: References,
): Promise<readonly ObsoleteGolden[]> {
  const listed = tree.directories().filter(({ problem }) => problem === null);
  const items = listed.map((found) => ({ ...found, ...manifestOf(tree, found) }));
  const unasked = await new Unasked(tree, references).of(items);
  return unasked.map(({ item: { name, directory, problem }, why }) => {
    return { name, directory, why: problem === null ? why : `${why}, and ${problem}` };
  });
}

/**
 * Unreadable directories that are not compared with any run: it is unknown whether their goldens are
 * obsolete.
 */
export function unreadableDirectories(
  tree: GoldenTree,
  { directories }: Pick<References, 'directories'>,
): readonly NotJudged[] {
  const asked = new Set([...directories].map((directory) => tree.identityOf(directory)));
  return tree.directories().flatMap(({ name, directory, problem }) => {
    if (problem === null) return [];
    const isRoot = directory === tree.root;
    if (!isRoot && asked.has(tree.identityOf(directory))) return [];
    const reason = `it is unknown whether its goldens are obsolete: ${problem}`;
    return [{ name: isRoot ? 'goldens' : name, because: 'unreadable' as const, reason }];
  });
}

interface Found {
  readonly directory: string;
  readonly problem: string | null;
}

/** The manifest named in a golden, and why it cannot be read. */
export function manifestOf(
  tree: GoldenTree,
  { directory, problem }: Found,
): { readonly manifest: string | null; readonly problem: string | null } {
  if (problem !== null) return { manifest: null, problem };
  try {
    return { manifest: tree.read(directory)?.manifest ?? null, problem };
  } catch (error) {
    if (!isDamage(error)) throw error;
    return { manifest: null, problem: error.message };
  }
}
