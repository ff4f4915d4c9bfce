import { nodeDocumentFiles } from '../../platform/document-files.js';
import { systemTimers } from '../../platform/timers.js';
import { watchDirectories } from '../../platform/watch-directories.js';
import type { CommandContext } from '../command-context.js';
import type { ExitCode } from '../exit-codes.js';
import { endAtOnce, Interruption } from '../interruption.js';
import { watchLoop, type Round } from './watch-loop.js';
import { DEFAULT_SETTINGS } from '../../config/project-file/project-settings.js';
import { InvalidDocuments, UsageError } from '../command-error.js';
import { manifestFiles } from '../scenarios/manifest-files.js';

/**
 * Plans and runs the manifests of globs on this machine, and again after each change, until a signal arrives.
 */
export async function watchHere(
  context: CommandContext,
  globs: readonly string[],
  run: (round: Round, interruption: Interruption) => Promise<ExitCode>,
): Promise<ExitCode> {
  const interruption = new Interruption(endAtOnce);
  try {
    return await watchLoop({
      context,
      interruption,
      files: nodeDocumentFiles,
      timers: systemTimers,
      watch: watchDirectories,
      manifests: () => listedManifests(globs),
      run: (round) => run(round, interruption),
    });
  } finally {
    interruption.end();
  }
}

/** The current manifests of globs; none if they have no match, which planning reports. */
async function listedManifests(globs: readonly string[]): Promise<readonly string[]> {
  try {
    return await manifestFiles(globs.length > 0 ? globs : DEFAULT_SETTINGS.manifests);
  } catch (error) {
    if (error instanceof UsageError || error instanceof InvalidDocuments) return [];
    throw error;
  }
}
