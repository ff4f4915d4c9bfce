import { join } from 'node:path';
import { AetherError } from '../base/errors.js';
import type { TreeFiles } from '../base/ports.js';
import { isStoreName } from '../store/layout.js';
import { artefactText, type CapturedGolden } from './capture.js';
import { parseGolden, type GoldenArtefact, type GoldenRecord } from './golden-record.js';
import { prettyJson } from './pretty-json.js';
import { removeFiles, removeIfEmpty, replaceFiles } from './replace-files.js';
import type { Json } from '../base/canonical-json.js';

const RECORD = 'golden.json';

/** The directories that goldens live in, as files that people review and git keeps. */
export class GoldenTree {
  /** The directory of all goldens that a manifest asks for with `golden: true`. */
  readonly root: string;
  readonly files: TreeFiles;

  constructor(root: string, files: TreeFiles) {
    this.root = root;
    this.files = files;
  }

  /** Where the golden of a run lies by default. */
  directoryOf(name: string): string {
    if (!isStoreName(name))
      throw new AetherError('GOLDEN_BAD_NAME', `${JSON.stringify(name)} cannot name a golden`);
    return join(this.root, name);
  }

  /** Directories below one that hold a golden, or at least files where one would be, ascending by name. */
  directories(below = this.root): readonly { readonly name: string; readonly directory: string }[] {
    return this.files
      .list(below)
      .filter(({ name, kind }) => kind === 'directory' && isStoreName(name))
      .map(({ name }) => ({ name, directory: join(below, name) }))
      .filter(({ directory }) => this.files.list(directory).length > 0);
  }

  /**
   * The golden in a directory; undefined if there is none.
   *
   * @throws AetherError GOLDEN_DAMAGED when golden.json is not one, or contradicts itself
   */
  read(directory: string): GoldenRecord | undefined {
    const text = this.files.readText(join(directory, RECORD));
    if (text === undefined) return undefined;
    const record = parseGolden(text);
    if (record !== undefined) return record;
    throw new AetherError('GOLDEN_DAMAGED', `${join(directory, RECORD)} is no golden, or contradicts itself`);
  }

  /** The exact bytes of an artefact that a golden keeps as a file. @throws AetherError GOLDEN_DAMAGED */
  artefact(directory: string, artefact: GoldenArtefact): string {
    const text = artefact.file === null ? undefined : this.files.readText(join(directory, artefact.file));
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

  /** Puts a golden in place of what was there; artefacts first, golden.json last, then what is no longer needed goes. */
  async write(directory: string, { record, files }: CapturedGolden): Promise<void> {
    const texts = Object.entries(files);
    await replaceFiles(this.files, directory, [...texts, [RECORD, prettyJson(record as unknown as Json)]]);
    const left = this.#artefactFiles(directory).filter((name) => !(name in files));
    if (left.length > 0) await removeFiles(this.files, directory, left);
  }

  /** Removes a golden and its directory; what somebody else put there stays. */
  async remove(directory: string): Promise<void> {
    await removeFiles(this.files, directory, [RECORD, ...this.#artefactFiles(directory)]);
    await removeIfEmpty(this.files, directory);
  }

  #artefactFiles(directory: string): readonly string[] {
    const names = this.files.list(directory).filter(({ kind }) => kind === 'file');
    return names.map(({ name }) => name).filter((name) => /^[a-z_]+\.jsonl?$/.test(name) && name !== RECORD);
  }
}
