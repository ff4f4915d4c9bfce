import type { Processes, TreeName } from '../base/ports.js';
import type { RunId } from '../base/run-id.js';
import { sha256 } from '../base/digest.js';
import { inArrivalOrder } from './arrival.js';
import { recordedRuns, type DiskReader } from './disk-reader.js';
import { relative } from './layout.js';
import { parseRunFile } from './record-file.js';
import { RecordIndex } from './record-index.js';
import { indexed, type IndexedRun, type RunSummary } from './run-index.js';
import type { PackedRuns } from './segments/packed-runs.js';
import { listOf, type RunList } from './run-list.js';
import { onFile } from './system-error.js';
import { readUnlessDamaged } from './unless-damaged.js';

/** Segments that the index of a store does not have before a process that writes adds them while it works. */
const MOST_UNSAVED = 64;

/**
 * The index of the runs of a store on disk: of runs with separate files in one file, of runs in segments in the index of
 * the store. A cache; missing rows are read from the records.
 */
export class DiskRuns {
  readonly #plain: RecordIndex<IndexedRun>;
  readonly #packed: PackedRuns<IndexedRun> | undefined;
  readonly #plainIds: () => readonly RunId[];

  constructor(reader: DiskReader) {
    const { segments } = reader;
    const parse = (text: string, id: RunId): IndexedRun =>
      indexed(parseRunFile(text, id, relative.record('runs', id)), text);
    const read = (id: RunId): IndexedRun | undefined => {
      const text = reader.runText(id);
      return text === undefined ? undefined : parse(text, id);
    };
    const plain = { file: 'cache/runs-3.json', vouched: true, read } as const;
    if (segments === undefined) {
      this.#plainIds = () => reader.runIds();
      this.#plain = new RecordIndex(reader, { ...plain, ids: this.#plainIds });
      return;
    }
    const list = (directory: string): readonly TreeName[] =>
      onFile('list', directory, () => segments.files.list(reader.path(directory)));
    this.#plainIds = () => recordedRuns({ list });
    this.#plain = new RecordIndex(reader, { ...plain, ids: this.#plainIds });
    this.#packed = segments.runs((text, id) => readUnlessDamaged(() => parse(text, id)));
  }

  /** Every readable run, by id ascending. */
  refresh(): readonly IndexedRun[] {
    const plain = this.#plain.refresh();
    if (this.#packed === undefined) return plain;
    const runs = new Map<RunId, IndexedRun>();
    for (const run of this.#packed.all()) runs.set(run.id, run);
    for (const run of plain) runs.set(run.id, run);
    return [...runs.keys()].sort().map((id) => runs.get(id)!);
  }

  /** The indexed data of a run, which may have been removed since. */
  find(id: RunId): IndexedRun | undefined {
    return this.#plain.find(id) ?? this.#packed?.find(id);
  }

  /** All readable runs. */
  list(): RunList {
    const plain = this.#plain.refresh();
    const packed = this.#packed;
    if (packed === undefined) return listOf(plain.map(({ summary }) => summary));
    const { version } = listOf(plain.map(({ summary }) => summary));
    const state = packed.state();
    const onlyPlain = state.count === 0 ? plain : plain.filter(({ id }) => packed.find(id) === undefined);
    return {
      version: sha256(`${version} ${state.version}`),
      size: state.count + onlyPlain.length,
      fromLatest: (to = Infinity) => newestFirst(packed.fromLatest(plain, to)),
    };
  }

  /** Ids of runs with damaged records, as far as the index does not have them, ascending. */
  damaged(): readonly RunId[] {
    const known = new Set(this.#plain.refresh().map(({ id }) => id));
    const damaged = this.#plainIds().filter((id) => !known.has(id));
    return [...damaged, ...(this.#packed?.damaged() ?? [])].sort();
  }

  /** Number of runs, as far as that is known without reading them: one that is in two places counts twice. */
  count(): number {
    return this.#plainIds().length + (this.#packed?.count() ?? 0);
  }

  /** Ids of runs that begin with a text, ascending. */
  withPrefix(prefix: string): readonly RunId[] {
    const plain = this.#plainIds().filter((id) => id.startsWith(prefix));
    const packed = this.#packed?.withPrefix(prefix) ?? [];
    return [...new Set([...plain, ...packed])].sort();
  }

  /** Highest place in the order of arrival; 0 without runs. */
  last(): number {
    const plain = this.#plain.refresh();
    const last = plain.reduce((max, { summary }) => Math.max(max, summary.arrival ?? 0), 0);
    return Math.max(last, this.#packed?.last() ?? 0);
  }

  /**
   * Ids of the runs whose writer may owe references to them, ascending: records in separate files that are new to the
   * index, and those in segments that lost their references.
   */
  newcomers(): readonly RunId[] {
    const plain = this.#plain.newcomers();
    const packed = (this.#packed?.unreferenced() ?? []).filter((id) => this.#plain.find(id) === undefined);
    return packed.length === 0 ? plain : [...new Set([...plain, ...packed])].sort();
  }

  /** The readable runs that were not published in one file with their references, or that lost them. */
  withUnsureRefs(): readonly IndexedRun[] {
    const packed = this.#packed;
    if (packed === undefined) return this.#plain.refresh();
    const lost = packed.unreferenced().map((id) => packed.find(id));
    return [...this.#plain.refresh(), ...lost.filter((run) => run !== undefined)];
  }

  /** Lets the index keep a run; `row` of a record that was just written saves reading it. */
  vouchFor(id: RunId, row?: IndexedRun): void {
    this.#plain.vouchFor(id, row);
    if (row !== undefined) this.#packed?.add(row);
  }

  /** True if a process that writes should save the index although it continues. */
  get isFarBehind(): boolean {
    return (this.#packed?.unsaved ?? 0) > MOST_UNSAVED;
  }

  /** Writes the index if it changed. A cache: neither durable nor required, so errors are ignored. */
  save(processes: Processes): void {
    this.#plain.save(processes);
    this.savePacked(processes);
  }

  /** The part of `save` for segments. */
  savePacked(processes: Processes): void {
    try {
      this.#packed?.save(processes);
    } catch {
      // The next writer tries again; a leftover temporary file is swept.
    }
  }
}

/** The summaries of groups, each run once. */
function* newestFirst(groups: Iterable<readonly IndexedRun[]>): Generator<RunSummary, void, undefined> {
  let before: RunSummary | undefined;
  for (const group of groups) {
    const summaries = inArrivalOrder(group.map(({ summary }) => summary));
    for (let at = summaries.length - 1; at >= 0; at--) {
      const summary = summaries[at]!;
      // One run that is in two places has the same arrival in both.
      if (summary.id !== before?.id) yield summary;
      before = summary;
    }
  }
}
