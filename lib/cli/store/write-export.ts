import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { AetherError } from '../../base/errors.js';
import { makeDirectories, writePieces } from '../../platform/index.js';
import { tarArchive, zipArchive, type RunExport } from '../../store/index.js';
import { Interrupted, UsageError } from '../command-error.js';
import type { StoreExportArguments } from '../commands/store/export.js';
import { endAtOnce, Interruption } from '../interruption.js';

type ExportFormat = StoreExportArguments['format'];

/** The run as one archive; a directory is none. */
export function archive(exported: RunExport, format: ExportFormat): AsyncIterable<Uint8Array> {
  if (format === 'tar') return tarArchive(exported);
  if (format === 'zip') return zipArchive(exported);
  throw new UsageError(
    'a directory cannot be written to standard output',
    'add --format tar or --format zip',
  );
}

/**
 * Writes the run to a place where nothing is yet. What was begun and cannot be finished is removed again, also when a
 * signal asks for an end.
 *
 * @throws UsageError, Interrupted, AetherError EXPORT_FAILED or STORE_*
 */
export async function writeExport(output: string, exported: RunExport, format: ExportFormat): Promise<void> {
  if (existsSync(output)) throw new UsageError(`${output} exists already`, 'choose another --output');
  const interruption = new Interruption(endAtOnce);
  try {
    const files = stoppable(exported, interruption);
    await interruption.during(
      () => undefined,
      () => writeFiles(output, files, format),
    );
  } catch (error) {
    rmSync(output, { recursive: true, force: true });
    if (interruption.came) throw new Interrupted();
    if (error instanceof AetherError) throw error;
    const why = error instanceof Error ? error.message : String(error);
    throw new AetherError('EXPORT_FAILED', `cannot write ${output}: ${why}`, error);
  } finally {
    interruption.end();
  }
}

async function writeFiles(output: string, exported: RunExport, format: ExportFormat): Promise<void> {
  if (format !== 'dir') {
    await writePieces(output, archive(exported, format));
    return;
  }
  makeDirectories(output);
  for (const { name, pieces } of exported.members) await writePieces(join(output, name), pieces());
}

/** The same export, until a signal comes. */
function stoppable({ run, members }: RunExport, interruption: Interruption): RunExport {
  const until = async function* (pieces: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    for await (const piece of pieces) {
      if (interruption.came) throw new Interrupted();
      yield piece;
    }
  };
  return { run, members: members.map((member) => ({ ...member, pieces: () => until(member.pieces()) })) };
}
