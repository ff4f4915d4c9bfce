import { dirname, join, resolve } from 'node:path';
import { errorCode } from '../../base/errors.js';
import type { DocumentFiles } from '../../base/ports.js';
import { DEFAULT_LIMITS, type ScenarioList } from '../../config/index.js';
import { DocumentLibrary } from '../../config/document-library.js';
import { assemble } from '../../config/manifest/load-manifests.js';
import { askedFor } from './golden-directory.js';
import type { GoldenTree } from '../tree/golden-tree.js';
import { manifestOf, type References } from './obsolete.js';

/**
 * The goldens that the manifests of a project request: the loaded manifests, and, if a golden seems to be
 * obsolete, those beside them, those beside the manifests named in goldens, and those in the default
 * directory. A scenario that moved to a manifest outside this call keeps its golden.
 */
export async function projectReferences(
  tree: GoldenTree,
  registry: ScenarioList,
  manifests: readonly string[],
  elsewhere: AskedElsewhere,
): Promise<References> {
  return {
    directories: await askedFor(tree, registry),
    manifests,
    unloaded: (recorded) => elsewhere(manifests, recorded),
  };
}

/**
 * Directories that further manifests request: manifests beside the loaded ones, and beside those named in
 * goldens.
 */
export type AskedElsewhere = (
  loaded: readonly string[],
  recorded: readonly string[],
) => Promise<ReadonlySet<string>>;

/** Reads the further manifests on the calling thread. */
export function askedElsewhere(tree: GoldenTree, documents: DocumentFiles): AskedElsewhere {
  return (loaded, recorded) => unloadedManifests(tree, loaded, recorded, documents);
}

/** Requests of the manifests beside others, without the given ones. */
export async function unloadedManifests(
  tree: GoldenTree,
  loaded: readonly string[],
  recorded: readonly string[],
  documents: DocumentFiles,
): Promise<ReadonlySet<string>> {
  const usual = join(dirname(resolve(tree.root)), 'manifests');
  const places = new Set([usual, ...[...loaded, ...recorded].map((file) => dirname(resolve(file)))]);
  const known = new Set(loaded.map((file) => resolve(file)));
  const files = [...places].flatMap((place) => documentsIn(tree, place, documents));
  return askedByFiles(
    tree,
    files.filter((file) => !known.has(file)),
    documents,
  );
}

/** Requests of the manifests in the default directory, and beside those named in goldens. */
export function askedByProject(tree: GoldenTree, documents: DocumentFiles): Promise<ReadonlySet<string>> {
  const recorded = tree.directories().flatMap((found) => {
    const { manifest } = manifestOf(tree, found);
    return manifest === null ? [] : [join(tree.root, manifest)];
  });
  return unloadedManifests(tree, [], recorded, documents);
}

/**
 * Requests of manifests, as far as each can be read by itself; a document of another kind requests nothing.
 */
export async function askedByFiles(
  tree: GoldenTree,
  files: readonly string[],
  documents: DocumentFiles,
): Promise<ReadonlySet<string>> {
  const asked = new Set<string>();
  for (const file of files) {
    try {
      const { registry } = assemble([file], new DocumentLibrary(documents, DEFAULT_LIMITS));
      for (const directory of await askedFor(tree, registry)) asked.add(directory);
    } catch (error) {
      if (errorCode(error) === undefined) throw error;
    }
  }
  return asked;
}

function documentsIn(tree: GoldenTree, directory: string, documents: DocumentFiles): readonly string[] {
  try {
    const names = tree.files.list(directory).map(({ name }) => name);
    const files = names.filter((name) => /\.(?:ya?ml|json)$/.test(name)).map((name) => join(directory, name));
    return files.filter((file) => documents.kind(file) === 'file');
  } catch (error) {
    if (errorCode(error) === undefined) throw error;
    return [];
  }
}
