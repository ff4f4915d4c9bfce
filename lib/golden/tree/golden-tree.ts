import { basename, dirname, join, resolve } from 'node:path';
import { AetherError } from '../../base/errors.js';
import type { Processes, TreeFiles } from '../../base/ports.js';
import { isStoreName } from '../../store/layout.js';
import { artefactText, type CapturedGolden } from '../compare/capture.js';
import { directoriesBelow, type GoldenDirectory } from '../places/find-goldens.js';
import { RECORD } from './former-files.js';
import { goldenText, orGoldenIo } from './golden-file.js';
import type { GoldenArtefact, GoldenRecord } from './golden-record.js';
import { readGolden } from './read-golden.js';
import { replaceFiles, type Writing } from './replace-files.js';
import { TreeLock } from './tree-lock.js';
import { recordText, removeGolden, writeGolden } from './write-golden.js';

/** Directory of pending results, beside the goldens. */
export const PENDING = '.pending';

/** The directories of goldens: files that people review and git stores. */
export class GoldenTree implements Writing {
  /** The directory of all goldens that manifests request with `golden: true`. */
  readonly root: string;
  readonly files: TreeFiles;
  readonly processes: Processes;

  constructor(root: string, files: TreeFiles, processes: Processes) {
    this.root = root;
    this.files = files;
    this.processes = processes;
  }

  /** The default directory of the golden of a run. */
  directoryOf(name: string): string {
    if (!isStoreName(name))
      throw new AetherError('GOLDEN_BAD_NAME', `${JSON.stringify(name)} is not a valid name of a golden`);
    return join(this.root, name);
  }

  /** Directories that contain a golden.json: below the root at any depth, and those listed elsewhere. */
  directories(): readonly GoldenDirectory[] {
    return directoriesBelow(this.files, this.root);
  }

  /** The canonical path of a directory: absolute, and without symbolic links as far as it exists. */
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
   * @throws AetherError GOLDEN_DAMAGED when golden.json cannot be read, is not a golden, or is inconsistent
   */
  read(directory: string): GoldenRecord | undefined {
    return readGolden(this.files, directory);
  }

  /** The exact bytes of an artefact that a golden stores as a file. @throws AetherError GOLDEN_DAMAGED */
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

  /** Reads every file of a golden. @throws AetherError GOLDEN_DAMAGED */
  check(directory: string, golden: GoldenRecord): void {
    for (const artefact of golden.artefacts) if (artefact.file !== null) this.artefact(directory, artefact);
  }

  /**
   * Replaces the golden in a directory: writes the artefacts first and golden.json last, then removes files
   * that only the former golden names.
   *
   * @throws AetherError GOLDEN_FOREIGN_FILE when a file is in the way that no golden.json there names;
   * GOLDEN_IO
   */
  write(directory: string, golden: CapturedGolden): Promise<void> {
    return writeGolden(this, directory, golden);
  }

  /** Replaces only golden.json; the artefacts stay. */
  async replaceRecord(directory: string, record: GoldenRecord): Promise<void> {
    await replaceFiles(this, this.identityOf(directory), [[RECORD, recordText(record)]]);
  }

  /**
   * Removes a golden and its directory; files that its golden.json does not name stay.
   *
   * @throws AetherError GOLDEN_DAMAGED when golden.json cannot be read, so that nothing is removed; GOLDEN_IO
   */
  remove(directory: string): Promise<void> {
    return removeGolden(this, directory);
  }

  /**
   * Runs one change of goldens or pending results while no other process makes one.
   *
   * @throws AetherError
   * GOLDEN_*
   */
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

  /**
   * Changes when the golden in a directory was written, or any process writes goldens; null while one does.
   */
  versionOf(directory: string): string | null {
    try {
      const { ino = 0, mtimeMs = 0 } = this.files.stat(join(directory, RECORD)) ?? {};
      return this.#lock().holder() === undefined ? `${String(ino)} ${String(mtimeMs)}` : null;
    } catch {
      // Without read permission no change is visible.
      return '';
    }
  }

  #lock(): TreeLock {
    return new TreeLock(join(this.root, PENDING), this.files, this.processes);
  }
}
