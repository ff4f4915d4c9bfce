import { existsSync, renameSync, rmdirSync, rmSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { AetherError } from '../../../../base/errors.js';
import { makeDirectories, makeTempDirectory, writePieces } from '../../../../platform/index.js';
import { tarArchive, zipArchive, type RunExport } from '../../../../store/index.js';
import { Interrupted, UsageError } from '../../../command-error.js';
import type { StoreExportArguments } from './options.js';
import { endAtOnce, Interruption } from '../../../interruption.js';
import { entryAt } from '../../../output/claim.js';

type ExportFormat = StoreExportArguments['format'];

/** The run as one archive; not for the directory format. */
export function archive(exported: RunExport, format: ExportFormat): AsyncIterable<Uint8Array> {
  if (format === 'tar') return tarArchive(exported);
  if (format === 'zip') return zipArchive(exported);
  if (format === 'session') return exported.members[0]!.pieces();
  throw new UsageError(
    'a directory cannot be written to standard output',
    'add --format tar or --format zip',
  );
}

/**
 * Writes the run to a path that must not exist, not even as a symbolic link: under a temporary name first,
 * renamed when it is complete. Incomplete output is removed again, also after a signal; nothing else is ever
 * removed.
 *
 * @throws UsageError, Interrupted, AetherError EXPORT_FAILED or STORE_*
 */
export async function writeExport(output: string, exported: RunExport, format: ExportFormat): Promise<void> {
  refuseExisting(output);
  const interruption = new Interruption(endAtOnce);
  const parents = missingParents(output);
  try {
    const files = stoppable(exported, interruption);
    await interruption.during(
      () => undefined,
      () => writeFiles(output, files, format),
    );
  } catch (error) {
    for (const parent of parents) removeIfEmpty(parent);
    if (interruption.came) throw new Interrupted();
    if (error instanceof AetherError || error instanceof UsageError) throw error;
    const why = error instanceof Error ? error.message : String(error);
    throw new AetherError('EXPORT_FAILED', `cannot write ${output}: ${why}`, error);
  } finally {
    interruption.end();
  }
}

/** @throws UsageError */
function refuseExisting(output: string): void {
  if (entryAt(output) === undefined) return;
  throw new UsageError(`${output} exists already`, 'choose another --output');
}

/** Missing parent directories of the output, the innermost first. */
function missingParents(output: string): string[] {
  const missing: string[] = [];
  for (let at = dirname(resolve(output)); !existsSync(at) && dirname(at) !== at; at = dirname(at)) {
    missing.push(at);
  }
  return missing;
}

async function writeFiles(output: string, files: RunExport, format: ExportFormat): Promise<void> {
  const parent = dirname(resolve(output));
  makeDirectories(parent);
  const check = (): void => {
    refuseExisting(output);
  };
  if (format !== 'dir') {
    await writePieces(output, archive(files, format), check);
    return;
  }
  const temp = makeTempDirectory(parent);
  try {
    for (const { name, pieces } of files.members) await writePieces(join(temp, name), pieces());
    check();
    renameSync(temp, output);
  } catch (error) {
    rmSync(temp, { recursive: true, force: true });
    throw error;
  }
}

function removeIfEmpty(directory: string): void {
  try {
    rmdirSync(directory);
  } catch {
    // It contains files of other programs, or was never created.
  }
}

/** The same export, stopped by a signal. */
function stoppable({ run, members }: RunExport, interruption: Interruption): RunExport {
  const until = async function* (pieces: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    for await (const piece of pieces) {
      if (interruption.came) throw new Interrupted();
      yield piece;
    }
  };
  return { run, members: members.map((member) => ({ ...member, pieces: () => until(member.pieces()) })) };
}
