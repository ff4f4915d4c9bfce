import { basename, dirname, join, resolve } from 'node:path';
import { AetherError } from '../base/errors.js';
import type { Processes, TreeFiles } from '../base/ports.js';
import { isStoreName } from '../store/layout.js';
import { artefactText, type CapturedGolden } from './capture.js';
import { directoriesBelow, type GoldenDirectory } from './find-goldens.js';
import { RECORD } from './former-files.js';
import { goldenText, orGoldenIo } from './golden-file.js';
import type { GoldenArtefact, GoldenRecord } from './golden-record.js';
import { readGolden } from './read-golden.js';
import { replaceFiles, type Writing } from './replace-files.js';
import { TreeLock } from './tree-lock.js';
import { recordText, removeGolden, writeGolden } from './write-golden.js';

/** Directory of what waits for a judgement, beside the goldens. */
export const PENDING = '.pending';

/** The directories that goldens live in, as files that people review and git keeps. */
export class GoldenTree implements Writing {
  /** The directory of all goldens that a manifest asks for with `golden: true`. */
  readonly root: string;
  readonly files: TreeFiles;
  readonly processes: Processes;

  constructor(root: string, files: TreeFiles, processes: Processes) {
    this.root = root;
    this.files = files;
    this.processes = processes;
  }

  /** Where the golden of a run lies by default. */
  directoryOf(name: string): string {
    if (!isStoreName(name))
      throw new AetherError('GOLDEN_BAD_NAME', `${JSON.stringify(name)} is not a valid name of a golden`);
    return join(this.root, name);
  }

  /** Directories that hold a golden.json: below the root at any depth, and elsewhere as the root remembers them. */
  directories(): readonly GoldenDirectory[] {
    return directoriesBelow(this.files, this.root);
  }

  /** One text for all spellings of a directory: absolute, and without symbolic links as far as it exists. */
  identityOf(directory: string): string {
    const path = resolve(directory);
    try {
      return this.files.realPath(path);
    } catch {
      return dirname(path) === path ? path : join(this.identityOf(dirname(path)), basename(path));
    }
  }

  /**
   * The golden in a directory; undefined if there is none.
   *
   * @throws AetherError GOLDEN_DAMAGED when golden.json cannot be read, is not one, or contradicts itself
   */
  read(directory: string): GoldenRecord | undefined {
    return readGolden(this.files, directory);
  }

  /** The exact bytes of an artefact that a golden keeps as a file. @throws AetherError GOLDEN_DAMAGED */
  artefact(directory: string, artefact: GoldenArtefact): string {
    const { file } = artefact;
    const text = file === null ? undefined : goldenText(this.files, join(directory, file));
    try {
      return artefactText(artefact, text);
    } catch (error) {
      if (!(error instanceof AetherError)) throw error;
      throw new AetherError(error.code, `${directory}: ${error.message}`, error);
    }
  }

  /** Reads every file a golden keeps. @throws AetherError GOLDEN_DAMAGED */
  check(directory: string, golden: GoldenRecord): void {
    for (const artefact of golden.artefacts) if (artefact.file !== null) this.artefact(directory, artefact);
  }

  /**
   * Puts a golden in place of the former one; artefacts first, golden.json last, then what only the former one named
   * goes.
   *
   * @throws AetherError GOLDEN_FOREIGN_FILE when a file is in the way that no golden.json there names; GOLDEN_IO
   */
  write(directory: string, golden: CapturedGolden): Promise<void> {
    return writeGolden(this, directory, golden);
  }

  /** Replaces golden.json alone; the artefacts are those it has. */
  async replaceRecord(directory: string, record: GoldenRecord): Promise<void> {
    await replaceFiles(this, this.identityOf(directory), [[RECORD, recordText(record)]]);
  }

  /**
   * Removes a golden and its directory; what its golden.json does not name stays.
   *
   * @throws AetherError GOLDEN_DAMAGED when golden.json cannot be read, so that nothing is removed; GOLDEN_IO
   */
  remove(directory: string): Promise<void> {
    return removeGolden(this, directory);
  }

  /** Runs one change of goldens or pending results while no other process makes one. @throws AetherError GOLDEN_* */
  async exclusive<T>(change: () => Promise<T>): Promise<T> {
    const directory = join(this.root, PENDING);
    const release = await orGoldenIo(`write to ${directory}`, async () => {
      await this.files.makeDirectories(directory);
      if (this.files.stat(join(directory, '.gitignore')) === undefined) {
        await replaceFiles(this, directory, [['.gitignore', '*\n']]);
      }
      return this.#lock().take();
    });
    try {
      return await change();
    } finally {
      release();
    }
  }

  /** Resolves when no other process writes goldens here; a golden read meanwhile may look damaged. */
  async settled(): Promise<void> {
    await orGoldenIo(`read ${join(this.root, PENDING)}`, () => this.#lock().settled());
  }

  /** Differs when the golden in a directory was written, or anyone writes goldens; null while someone does. */
  versionOf(directory: string): string | null {
    try {
      const { ino = 0, mtimeMs = 0 } = this.files.stat(join(directory, RECORD)) ?? {};
      return this.#lock().holder() === undefined ? `${String(ino)} ${String(mtimeMs)}` : null;
    } catch {
      // Where nobody can look, nothing is seen to change.
      return '';
    }
  }

  #lock(): TreeLock {
    return new TreeLock(join(this.root, PENDING), this.files, this.processes);
  }
}
