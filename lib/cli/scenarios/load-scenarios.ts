import { existsSync, realpathSync } from 'node:fs';
import { dirname } from 'node:path';
import { loadManifests, type ScenarioRegistry } from '../../config/index.js';
import { nodeDocumentFiles } from '../../platform/document-files.js';
import { InvalidDocuments, UsageError } from '../command-error.js';

/** Where manifests are looked for when none are named. */
export const DEFAULT_MANIFESTS = ['manifests/*.yaml'] as const;

/**
 * The files that globs name, each once by its first name, ascending per glob. A glob that is an existing file is that file.
 *
 * @throws UsageError when a glob matches nothing
 */
export async function manifestFiles(globs: readonly string[]): Promise<string[]> {
  const files = new Map<string, string>();
  for (const glob of globs) {
    const matches = existsSync(glob) ? [glob] : await expandGlob(glob);
    if (matches.length === 0) {
      throw new UsageError(`${glob} matches no file`, 'name manifests with --manifests <glob...>');
    }
    for (const match of matches) {
      const document = documentBehind(match);
      if (!files.has(document)) files.set(document, match);
    }
  }
  return [...files.values()];
}

/**
 * What all names of a document have in common: the file, and the directory whose neighbours it refers to. A name that
 * leads nowhere stands for itself, and whoever reads it says why.
 */
function documentBehind(name: string): string {
  try {
    return [realpathSync(dirname(name)), realpathSync(name)].join('\0');
  } catch {
    return name;
  }
}

async function expandGlob(glob: string): Promise<string[]> {
  const { default: fastGlob } = await import('fast-glob');
  return (await fastGlob(glob, { onlyFiles: true })).sort();
}

export interface LoadedScenarios {
  readonly registry: ScenarioRegistry;
  readonly files: readonly string[];
}

/**
 * Loads every manifest that the globs name.
 *
 * @throws UsageError, InvalidDocuments
 */
export async function loadScenarios(globs: readonly string[], profile?: string): Promise<LoadedScenarios> {
  const files = await manifestFiles(globs.length > 0 ? globs : DEFAULT_MANIFESTS);
  const loaded = loadManifests(files, nodeDocumentFiles, profile === undefined ? {} : { profile });
  if (!loaded.ok) throw new InvalidDocuments(loaded.problems);
  return { registry: loaded.value, files };
}
