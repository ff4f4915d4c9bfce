import { PackedTexts } from '../../base/packed-texts.js';
import type { RunId } from '../../base/run-id.js';
import type { DiskReader } from '../disk-reader.js';
import { YieldTimer } from '../../platform/yield-timer.js';
import { BlockCache } from './block-cache.js';
import { idOfFactLine, readFactLine, textOfLine } from './fact-lines.js';
import { factSegments, pacedSegmentLines } from './fact-segments.js';
import { IN_RECORD, type FactsPlace, type FactsSource } from './facts-source.js';
import { factsOf, type RunFacts } from './run-facts.js';

/** Upper bound of offsets in a segment; a place is the number of its segment times this, plus the offset. */
const OFFSETS = 2 ** 36;
/** Bytes of lines whose facts are held after a pass: those of some 14,000 runs, about as large in memory. */
const HELD = 12 << 20;

/**
 * The facts of all runs as lines in segments: files that are written once and named by their content. It is a
 * cache: a run without a line is read from its record, a line without a run or with a wrong checksum is
 * skipped, and all segments can be deleted. Only writers add segments, while they publish and when they close
 * the store.
 */
export class FactsCache implements FactsSource {
  readonly #reader: DiskReader;
  readonly #blocks: BlockCache;
  /** Numbers of all segments that have places. */
  readonly #segments = new PackedTexts();
  /** Facts of the last pass, which are mostly read again: the first ones, up to HELD. */
  #held: ReadonlyMap<FactsPlace, RunFacts> = new Map();

  constructor(reader: DiskReader) {
    this.#reader = reader;
    this.#blocks = new BlockCache((path, from, into) => reader.files.readInto(reader.path(path), from, into));
  }

  async each(use: (facts: RunFacts, place: FactsPlace) => void): Promise<void> {
    const reader = this.#reader;
    const ids = reader.packedIds('runs');
    const seen = new Uint8Array(ids.length);
    const held = new Map<FactsPlace, RunFacts>();
    let left = HELD;
    const yieldTimer = new YieldTimer();
    for (const segment of factSegments(reader)) {
      const start = this.#segments.add(segment) * OFFSETS;
      const useLine = (line: Uint8Array, from: number): void => {
        const number = ids.find(idOfFactLine(line));
        if (number === undefined || seen[number] === 1) return;
        const facts = readFactLine(textOfLine(line));
        if (facts === undefined) return;
        seen[number] = 1;
        left -= line.length;
        if (left >= 0) held.set(start + from, facts);
        use(facts, start + from);
      };
      await pacedSegmentLines(reader, segment, { yieldTimer, use: useLine });
    }
    for (let number = 0; number < ids.length; number++) {
      if (seen[number] === 1) continue;
      const record = reader.readableRun(ids.at(number));
      if (record !== undefined) use(factsOf(record), IN_RECORD);
      if (yieldTimer.isDue) await yieldTimer.yield();
    }
    this.#held = held;
  }

  read(id: RunId, place: FactsPlace): RunFacts | undefined {
    const facts = place === IN_RECORD ? undefined : (this.#held.get(place) ?? this.#cached(place));
    if (facts?.id === id) return facts;
    const record = this.#reader.readableRun(id);
    return record === undefined ? undefined : factsOf(record);
  }

  #cached(place: FactsPlace): RunFacts | undefined {
    try {
      const segment = this.#segments.at(Math.floor(place / OFFSETS));
      return readFactLine(this.#blocks.line(segment, place % OFFSETS));
    } catch {
      return undefined;
    }
  }
}
