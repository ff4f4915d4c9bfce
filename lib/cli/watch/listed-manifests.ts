import { DEFAULT_SETTINGS } from '../../config/project-file/project-settings.js';
import { InvalidDocuments, UsageError } from '../command-error.js';
import { manifestFiles } from '../scenarios/manifest-files.js';

/** The current manifests of globs; none if they have no match, which planning reports. */
export async function listedManifests(globs: readonly string[]): Promise<readonly string[]> {
  try {
    return await manifestFiles(globs.length > 0 ? globs : DEFAULT_SETTINGS.manifests);
  } catch (error) {
    if (error instanceof UsageError || error instanceof InvalidDocuments) return [];
    throw error;
  }
}
