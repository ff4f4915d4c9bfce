import { AetherError } from '../../base/errors.js';
import type { RunId } from '../../base/run-id.js';
import type { DiskReader } from '../disk-reader.js';
import { relative, REMARKS, requireStoreName } from '../layout.js';
import type { DurableWriter } from '../publish/durable-writer.js';
import { sealRecord } from '../record-file.js';
import { onFile, onFileAsync } from '../system-error.js';
import { unlessDamaged } from '../unless-damaged.js';
import type { NewRemark, Remark } from './remark.js';

/** The remarks of a store on disk: one file each, written once, complete and durable. */
export class DiskRemarks {
  readonly #reader: DiskReader;
  readonly #writer: DurableWriter;
  /** The highest place that was assigned or read. */
  #last = 0;

  constructor(reader: DiskReader, writer: DurableWriter) {
    this.#reader = reader;
    this.#writer = writer;
  }

  /** Ids of all remarks. */
  ids(): readonly string[] {
    return this.#reader.ids(REMARKS);
  }

  /** Every readable remark; damaged ones are left to verify. */
  async all(): Promise<readonly Remark[]> {
    const remarks: Remark[] = [];
    for (const id of this.ids()) {
      const remark: Remark | undefined = await unlessDamaged(
        Promise.resolve().then(() => this.#reader.remark(id)),
      );
      if (remark !== undefined) remarks.push(remark);
    }
    return remarks;
  }

  /**
   * Writes a remark; call it under the protection of a lease, so that no gc removes its runs between the
   * check and the write. An existing remark is unchanged.
   *
   * @throws AetherError STORE_RUN_MISSING when one of its runs does not exist
   */
  async add(remark: NewRemark): Promise<Remark> {
    requireStoreName(remark.id, 'remark id');
    const gone = remark.runs.find((id) => !this.#reader.hasRun(id));
    if (gone !== undefined) throw new AetherError('STORE_RUN_MISSING', `there is no run ${gone}`);
    const known = this.#reader.remark(remark.id);
    if (known !== undefined) return known;
    const { files } = this.#reader;
    await onFileAsync('create', REMARKS, () => files.makeDirectories(this.#reader.path(REMARKS)));
    const before = (await this.all()).reduce((last, { seq }) => Math.max(last, seq), this.#last);
    this.#last = before + 1;
    const { id, at, by, runs, labels, note } = remark;
    const placed: Remark = {
      schema: 'aether-remark/1',
      id,
      seq: this.#last,
      at,
      by,
      runs: [...new Set(runs)].sort(),
      ...(labels !== undefined && { labels }),
      ...(note !== undefined && { note }),
    };
    await this.#writer.writeOne(relative.record(REMARKS, id), sealRecord(placed), 0o444);
    return placed;
  }

  /** Removes remarks whose runs are all removed; call it with exclusive access to the tree. */
  async sweep(isThere: (run: RunId) => boolean): Promise<void> {
    let removed = 0;
    for (const remark of await this.all()) {
      if (remark.runs.some(isThere)) continue;
      const path = relative.record(REMARKS, remark.id);
      onFile('remove', path, () => this.#reader.files.remove(this.#reader.path(path)));
      removed++;
    }
    if (removed === 0) return;
    await onFileAsync('sync', REMARKS, () => this.#reader.files.sync(this.#reader.path(REMARKS)));
  }
}
