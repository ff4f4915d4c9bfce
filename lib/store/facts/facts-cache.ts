import { sha256 } from '../../base/digest.js';
import { errorCode } from '../../base/errors.js';
import type { Processes } from '../../base/ports.js';
import type { DiskReader } from '../disk-reader.js';
import { relative } from '../layout.js';
import { uniqueName } from '../sharing/process-tag.js';
import { Pacer } from '../upkeep/pacer.js';
import { BlockCache } from './block-cache.js';
import { factLine, idOfFactLine, readFactLine } from './fact-lines.js';
import type { FactsPlace, FactsSource } from './facts-source.js';
import { factsOf, type RunFacts } from './run-facts.js';
import { LineSplitter } from './split-lines.js';

/** Another number for every other form of the facts. */
const SEGMENT = /^facts-1-[0-9a-f]{16}\.jsonl$/;
/** Small segments are merged when there are more. */
const MOST_SMALL = 16;
const SMALL_BYTES = 4 << 20;
/** Bytes of a segment that are read at once. */
const PIECE = 1 << 20;
/** Verifying and parsing a line costs as much as hashing so many times its bytes. */
const LINE_COST = 4;
/** Facts that stay in memory: a table reads each run several times. About 25 MB. */
const HELD = 16_384;

/**
 * The facts of all runs as lines in segments, files that are written once and named by their content. A cache: a run
 * without a line is read from its record, a line without a run or with a wrong checksum is passed over, and all segments
 * can be deleted. Writers add a segment when they close the store; nobody else writes.
 */
export class FactsCache implements FactsSource {
  readonly #reader: DiskReader;
  readonly #blocks: BlockCache;
  /** By id, those that were read first. */
  readonly #held = new Map<string, RunFacts>();

  constructor(reader: DiskReader) {
    this.#reader = reader;
    this.#blocks = new BlockCache((path, from, length) =>
      reader.files.readRange(reader.path(path), from, length),
    );
  }

  async each(use: (facts: RunFacts, place: FactsPlace) => void): Promise<void> {
    const left = new Set(this.#reader.ids('runs'));
    const pacer = new Pacer();
    for (const segment of this.#segments()) {
      await this.#pacedLines(segment, pacer, (line, from) => {
        if (!left.has(idOfFactLine(line))) return;
        const facts = readFactLine(Buffer.from(line).toString('utf8'));
        if (facts === undefined || !left.delete(facts.id)) return;
        this.#hold(facts);
        use(facts, { id: facts.id, segment, from, length: line.length });
      });
    }
    for (const id of left) {
      const record = this.#reader.readableRun(id);
      if (record !== undefined) use(factsOf(record), { id });
      await pacer.spend(0);
    }
  }

  async read({ id, segment, from, length }: FactsPlace): Promise<RunFacts | undefined> {
    if (segment !== undefined) {
      const facts = this.#held.get(id) ?? this.#cached(segment, from!, length!);
      if (facts?.id === id) return Promise.resolve(facts);
    }
    const record = this.#reader.readableRun(id);
    return Promise.resolve(record === undefined ? undefined : factsOf(record));
  }

  /** A record never changes, and neither do its facts. */
  #hold(facts: RunFacts): void {
    if (this.#held.size < HELD) this.#held.set(facts.id, facts);
  }

  /** Adds a segment with the runs that have no line. Neither durable nor needed, so whatever goes wrong is left at that. */
  save(processes: Processes): void {
    try {
      const merged = this.#toMerge();
      const kept = this.#segments().filter((segment) => !merged.includes(segment));
      const left = new Set(this.#reader.ids('runs'));
      for (const segment of kept) this.#lines(segment, (line) => void left.delete(idOfFactLine(line)));
      const lines: string[] = [];
      for (const segment of merged) {
        this.#lines(segment, (line) => {
          if (left.delete(idOfFactLine(line))) lines.push(`${Buffer.from(line).toString('utf8')}\n`);
        });
      }
      for (const id of left) {
        const record = this.#reader.readableRun(id);
        if (record !== undefined) lines.push(factLine(factsOf(record)));
      }
      const written = lines.length > 0 ? this.#write(lines.join(''), processes) : undefined;
      for (const segment of merged) {
        if (segment !== written) this.#reader.files.remove(this.#reader.path(segment));
      }
    } catch {
      // The next writer tries again; a temp left behind is swept.
    }
  }

  /** The name of the segment that holds the text. */
  #write(text: string, processes: Processes): string {
    const { files } = this.#reader;
    const temp = this.#reader.path(relative.temp(uniqueName(processes)));
    const segment = `cache/facts-1-${sha256(text).slice(0, 16)}.jsonl`;
    files.create(temp, text, 0o644);
    files.rename(temp, this.#reader.path(segment));
    return segment;
  }

  /** Small segments when there are many; none otherwise. */
  #toMerge(): readonly string[] {
    const small = this.#segments().filter((segment) => {
      const entry = this.#reader.files.stat(this.#reader.path(segment));
      return entry !== undefined && entry.size < SMALL_BYTES;
    });
    return small.length > MOST_SMALL ? small : [];
  }

  #segments(): readonly string[] {
    const names = this.#reader
      .list('cache')
      .filter(({ name, kind }) => kind === 'file' && SEGMENT.test(name));
    return names.map(({ name }) => `cache/${name}`);
  }

  /** Lines of a segment; none of one that was merged away in the meantime. */
  #lines(segment: string, use: (line: Uint8Array, from: number) => void): void {
    const splitter = new LineSplitter(use);
    try {
      this.#reader.files.readPieces(this.#reader.path(segment), (piece) => {
        splitter.push(piece);
      });
    } catch (error) {
      // What it held is read from the records.
      if (errorCode(error) === undefined) throw error;
    }
  }

  /** The same, with other work of this thread in between. */
  async #pacedLines(
    segment: string,
    pacer: Pacer,
    use: (line: Uint8Array, from: number) => void,
  ): Promise<void> {
    const splitter = new LineSplitter(use);
    try {
      for (let from = 0; ;) {
        const piece = this.#reader.files.readRange(this.#reader.path(segment), from, PIECE);
        if (piece.length === 0) return;
        splitter.push(piece);
        from += piece.length;
        await pacer.spend(piece.length * LINE_COST);
      }
    } catch (error) {
      // What it held is read from the records.
      if (errorCode(error) === undefined) throw error;
    }
  }

  #cached(segment: string, from: number, length: number): RunFacts | undefined {
    try {
      return readFactLine(this.#blocks.text(segment, from, length));
    } catch {
      return undefined;
    }
  }
}
