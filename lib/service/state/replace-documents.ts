import { basename, dirname, join } from 'node:path';
import { AetherError, errorCode } from '../../base/errors.js';
import type { TreePlatform } from '../../base/ports.js';
import { Refusal } from '../http/problems.js';

/**
 * Replaces documents that a person wrote, such as manifests: written beside them, made durable, renamed over them. A symlink is followed,
 * so that it stays one.
 *
 * @param texts the new text of each path
 * @param check called when all is ready to be renamed; throws a Refusal when the documents must stay after all
 * @throws AetherError DOCUMENT_UNWRITABLE
 */
export async function replaceDocuments(
  texts: ReadonlyMap<string, string>,
  check: () => void,
  platform: TreePlatform,
): Promise<void> {
  const { files } = platform;
  /** Where the new texts lie, by what they are to replace. */
  const staged = new Map<string, string>();
  let path = '';
  try {
    for (const [given, text] of texts) {
      path = given;
      await stage(files.realPath(path), text, { platform, staged });
    }
    check();
    for (const [real, temp] of staged) files.rename(temp, (path = real));
    for (const real of staged.keys()) await files.sync(dirname((path = real)));
  } catch (error) {
    for (const temp of staged.values()) drop(temp, platform);
    if (error instanceof Refusal) throw error;
    const code = errorCode(error) ?? 'unknown error';
    throw new AetherError('DOCUMENT_UNWRITABLE', `${basename(path)} cannot be replaced: ${code}`, error);
  }
}

interface Staging {
  readonly platform: TreePlatform;
  readonly staged: Map<string, string>;
}

async function stage(real: string, text: string, { platform, staged }: Staging): Promise<void> {
  const { files, processes } = platform;
  const temp = join(dirname(real), `.${basename(real)}.${String(processes.self.pid)}.tmp`);
  staged.set(real, temp);
  files.remove(temp);
  files.create(temp, text, 0o644);
  await files.sync(temp);
}

function drop(temp: string, { files }: TreePlatform): void {
  try {
    files.remove(temp);
  } catch {
    // The error that brought us here is the one to report.
  }
}
