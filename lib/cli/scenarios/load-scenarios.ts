import type { DocumentFiles } from '../../base/ports.js';
import { loadManifests, type DocumentPlaces, type ScenarioRegistry } from '../../config/index.js';
import { DEFAULT_SETTINGS } from '../../config/project-file/project-settings.js';
import { nodeDocumentFiles } from '../../platform/document-files.js';
import { logsDirectory } from '../../store/layout.js';
import { InvalidDocuments, UsageError } from '../command-error.js';
import { manifestFiles } from './manifest-files.js';

export interface LoadedScenarios {
  readonly registry: ScenarioRegistry;
  readonly files: readonly string[];
}

/** Options that select the documents of a command. */
export interface LoadChoice {
  readonly profile?: string | undefined;
  /** Directory that contains all documents; absent: the project of each manifest. */
  readonly root?: string | undefined;
  /** Reads the documents; absent: from disk. */
  readonly reader?: DocumentFiles | undefined;
  /** Store whose logs folder the runs may write to. */
  readonly store?: string | undefined;
}

/**
 * Loads all manifests of the globs.
 *
 * @throws UsageError, InvalidDocuments
 */
export async function loadScenarios(
  globs: readonly string[],
  choice: LoadChoice = {},
): Promise<LoadedScenarios> {
  const places = documentPlaces(choice);
  const files = await manifestFiles(globs.length > 0 ? globs : DEFAULT_SETTINGS.manifests);
  const { profile } = choice;
  const loaded = loadManifests(files, choice.reader ?? nodeDocumentFiles, {
    ...places,
    ...(profile === undefined ? {} : { profile }),
  });
  if (!loaded.ok) throw new InvalidDocuments(loaded.problems);
  return { registry: loaded.value, files };
}

/**
 * Where the documents of a command may be and what they may write.
 *
 * @throws UsageError if --root is not a directory
 */
export function documentPlaces({ root, store }: LoadChoice): DocumentPlaces {
  if (root !== undefined && !isDirectory(root))
    throw new UsageError(`--root must be a directory that exists, got ${JSON.stringify(root)}`);
  return {
    ...(root === undefined ? {} : { root }),
    ...(store === undefined ? {} : { logs: logsDirectory(store) }),
  };
}

function isDirectory(path: string): boolean {
  try {
    return path !== '' && nodeDocumentFiles.kind(path) === 'directory';
  } catch {
    return false;
  }
}
