import { basename, dirname, join } from 'node:path';
import { AetherError, errorCode } from '../../base/errors.js';
import type { TreePlatform } from '../../base/ports.js';
import { Refusal } from '../refusal.js';
import { syncSurely } from './sync-surely.js';

/** One document with its new text, and its old one for the case that another document cannot be replaced. */
interface Staged {
  readonly path: string;
  readonly text: string;
  readonly fresh: string;
  readonly former: string;
}

/**
 * Replaces hand-written documents, such as manifests: writes beside them, makes the files durable, and
 * renames them. All or none: if one cannot be replaced, the earlier ones get their old text back. A symlink
 * is followed, so that it stays a symlink.
 *
 * @param texts the new text of each path
 * @param check called before the renames; throws a Refusal if the documents must not change
 * @returns notices for the operator, such as a disk that does not confirm the change
 * @throws AetherError DOCUMENT_UNWRITABLE
 */
export async function replaceDocuments(
  texts: ReadonlyMap<string, string>,
  check: () => void,
  platform: TreePlatform,
): Promise<readonly string[]> {
  const all = [...texts].map(([path, text]) => stagedAt(path, text, platform));
  let at = all[0]?.path ?? '';
  try {
    for (const staged of all) {
      at = staged.path;
      await stage(staged, all.length > 1, platform);
    }
    check();
    const replaced: Staged[] = [];
    for (const staged of all) {
      at = staged.path;
      replace(staged, replaced, platform);
      replaced.push(staged);
    }
  } catch (error) {
    if (error instanceof Refusal || error instanceof AetherError) throw error;
    throw unwritable(at, error);
  } finally {
    for (const { fresh, former } of all) {
      drop(fresh, platform);
      drop(former, platform);
    }
  }
  return confirmed(all, platform);
}

function stagedAt(given: string, text: string, { files, processes }: TreePlatform): Staged {
  try {
    const path = files.realPath(given);
    const beside = (ending: string): string =>
      join(dirname(path), `.${basename(path)}.${String(processes.self.pid)}.${ending}`);
    return { path, text, fresh: beside('tmp'), former: beside('old') };
  } catch (error) {
    throw unwritable(given, error);
  }
}

async function stage(
  { path, text, fresh, former }: Staged,
  withFormer: boolean,
  { files }: TreePlatform,
): Promise<void> {
  const write = async (temp: string, content: string): Promise<void> => {
    files.remove(temp);
    files.create(temp, content, 0o644);
    await files.sync(temp);
  };
  await write(fresh, text);
  if (withFormer) await write(former, files.readText(path) ?? '');
}

/** Renames one; if that fails, restores the earlier ones. */
function replace({ path, text, fresh }: Staged, before: readonly Staged[], { files }: TreePlatform): void {
  try {
    files.rename(fresh, path);
  } catch (error) {
    // A rename may be reported as failed although it took place.
    if (holds(path, text, files)) return;
    for (const done of before) {
      try {
        files.rename(done.former, done.path);
      } catch (second) {
        const why = `${basename(path)} cannot be replaced: ${codeOf(error)}`;
        const what = `${basename(done.path)} already has its new text and cannot be restored: ${codeOf(second)}`;
        throw new AetherError('DOCUMENT_UNWRITABLE', `${why}; ${what}`, error);
      }
    }
    throw error;
  }
}

function holds(path: string, text: string, files: TreePlatform['files']): boolean {
  try {
    return files.readText(path) === text;
  } catch {
    return false;
  }
}

/**
 * The new texts are already in effect, so a disk that does not confirm them is not reported as a failed
 * change.
 */
async function confirmed(all: readonly Staged[], platform: TreePlatform): Promise<readonly string[]> {
  const notices: string[] = [];
  for (const directory of new Set(all.map(({ path }) => dirname(path)))) {
    const code = await syncSurely(directory, platform);
    if (code === undefined) continue;
    const names = all.filter(({ path }) => dirname(path) === directory).map(({ path }) => basename(path));
    notices.push(
      `The disk does not confirm the change of ${names.join(', ')} (${code}); a power failure may undo it`,
    );
  }
  return notices;
}

function unwritable(path: string, error: unknown): AetherError {
  return new AetherError(
    'DOCUMENT_UNWRITABLE',
    `${basename(path)} cannot be replaced: ${codeOf(error)}`,
    error,
  );
}

function codeOf(error: unknown): string {
  return errorCode(error) ?? 'unknown error';
}

function drop(temp: string, { files }: TreePlatform): void {
  try {
    files.remove(temp);
  } catch {
    // Nothing reads it; the next change of the document replaces it.
  }
}
