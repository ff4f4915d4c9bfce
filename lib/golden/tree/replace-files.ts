import { dirname, join } from 'node:path';
import type { Processes, TreeFiles } from '../../base/ports.js';
import { ARTEFACT_KINDS } from '../../session/records.js';
import { ownerOf, uniqueName } from '../../store/sharing/process-tag.js';
import { orGoldenIo } from './golden-file.js';

/** Prefix of temporary files and directories. */
const TEMP = '.tmp-';

export type NamedText = readonly [name: string, text: string];

/** Where files are written, and by which process. */
export interface Writing {
  readonly files: TreeFiles;
  readonly processes: Processes;
}

/**
 * Replaces files of one directory: temporary file, fsync, rename, fsync of the directory. After a power
 * failure each file is either old or new.
 *
 * @throws AetherError GOLDEN_IO
 */
export async function replaceFiles(
  { files, processes }: Writing,
  directory: string,
  texts: readonly NamedText[],
): Promise<void> {
  await orGoldenIo(`write to ${directory}`, async () => {
    await files.makeDirectories(directory);
    sweepTemps({ files, processes }, directory);
    const temps = texts.map(([name]) => [join(directory, TEMP + uniqueName(processes)), name] as const);
    try {
      temps.forEach(([temp], n) => {
        files.create(temp, texts[n]![1], 0o644);
      });
      await Promise.all(temps.map(([temp]) => files.sync(temp)));
      for (const [temp, name] of temps) files.rename(temp, join(directory, name));
    } catch (error) {
      for (const [temp] of temps) clearTemp(files, temp);
      throw error;
    }
    await files.sync(directory);
  });
}

/**
 * Creates a directory with its files atomically.
 *
 * @throws AetherError GOLDEN_IO
 */
export async function placeDirectory(
  { files, processes }: Writing,
  directory: string,
  texts: readonly NamedText[],
): Promise<void> {
  await orGoldenIo(`write to ${directory}`, async () => {
    const parent = dirname(directory);
    await files.makeDirectories(parent);
    sweepTemps({ files, processes }, parent);
    const temp = join(parent, TEMP + uniqueName(processes));
    try {
      files.makeDirectory(temp);
      for (const [name, text] of texts) files.create(join(temp, name), text, 0o644);
      await Promise.all(texts.map(([name]) => files.sync(join(temp, name))));
      await files.sync(temp);
      files.rename(temp, directory);
    } catch (error) {
      clearTemp(files, temp);
      throw error;
    }
    await files.sync(parent);
  });
}

/**
 * Removes files of one directory, the first one first, so that it does not list files that are already
 * removed.
 */
export async function removeFiles(
  files: TreeFiles,
  directory: string,
  names: readonly string[],
): Promise<void> {
  await orGoldenIo(`remove from ${directory}`, async () => {
    for (const name of names) files.remove(join(directory, name));
    if (files.stat(directory) !== undefined) await files.sync(directory);
  });
}

/** Removes a directory with all its files atomically. */
export async function removeWhole({ files, processes }: Writing, directory: string): Promise<void> {
  await orGoldenIo(`remove ${directory}`, async () => {
    const temp = join(dirname(directory), TEMP + uniqueName(processes));
    files.rename(directory, temp);
    await files.sync(dirname(directory));
    clearTemp(files, temp);
  });
}

/** Removes temporary files of ended processes, and those of versions without unique names. */
function sweepTemps({ files, processes }: Writing, directory: string): void {
  for (const { name } of files.list(directory)) {
    if (!name.startsWith(TEMP)) continue;
    const owner = ownerOf(name.slice(TEMP.length));
    const isLeft = owner === undefined ? LEGACY_TEMP.test(name) : processes.condition(owner) === 'gone';
    if (isLeft) clearTemp(files, join(directory, name));
  }
}

const LEGACY_TEMP = new RegExp(`^\\.tmp-(?:golden|${ARTEFACT_KINDS.join('|')})\\.jsonl?$`);

/** Entries that cannot be removed are swept by a later write. */
function clearTemp(files: TreeFiles, temp: string): void {
  try {
    if (files.stat(temp)?.kind === 'directory') {
      for (const { name } of files.list(temp)) files.remove(join(temp, name));
      files.removeDirectory(temp);
    } else files.remove(temp);
  } catch {
    // The error of the write is more useful.
  }
}
