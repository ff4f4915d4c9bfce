import { RunningDigest } from '../../base/digest.js';
import { AetherError } from '../../base/errors.js';
import type { ArtefactReader } from '../../store/port.js';
import type { ArtefactEntry, ChunkEntry } from '../../store/record-types.js';
import { RecordChunk } from './record-chunk.js';

/** The bytes of one artefact, chunk by chunk, from any source. */
export interface ArtefactSource {
  readonly entry: ArtefactEntry;
  /** In order; their concatenation is the artefact. */
  readonly chunks: readonly ChunkEntry[];
  /** Bytes of a chunk, verified against its digest. @throws AetherError when they are missing or damaged */
  chunk(index: number): Promise<Uint8Array>;
}

/** The source of an artefact whose bytes are in the store. */
export function storedSource(store: ArtefactReader, entry: ArtefactEntry): ArtefactSource {
  const { chunks } = entry;
  return { entry, chunks, chunk: (index) => store.blob(chunks[index]!.digest) };
}

/**
 * All the bytes in order, checked against the artefact's digest.
 * @throws AetherError RUN_ARTEFACT_CORRUPT after the last chunk if the whole does not match
 */
export async function* artefactBytes(source: ArtefactSource): AsyncGenerator<Uint8Array> {
  const whole = new RunningDigest();
  for (let n = 0; n < source.chunks.length; n++) {
    const bytes = await source.chunk(n);
    whole.update(bytes);
    yield bytes;
  }
  if (whole.finish() === source.entry.digest) return;
  const { kind } = source.entry;
  throw new AetherError('RUN_ARTEFACT_CORRUPT', `the chunks of ${kind} do not match its recorded digest`);
}

/** Reads the records around a tick without reading the rest. */
export class RecordReader {
  readonly source: ArtefactSource;
  #held: { readonly index: number; readonly chunk: RecordChunk } | undefined;

  constructor(source: ArtefactSource) {
    this.source = source;
  }

  /** Records with from <= tick <= to, in order, as text. Reads only their chunks. For kinds with ticks. */
  async *lines(from: number, to: number): AsyncGenerator<string> {
    const { chunks } = this.source;
    for (let n = this.#firstChunk(from); n < chunks.length; n++) {
      if (chunks[n]!.first_tick > to) return;
      const chunk = await this.chunk(n);
      const end = chunks[n]!.last_tick <= to ? chunk.count : chunk.lowerBound(to + 1);
      const start = chunks[n]!.first_tick >= from ? 0 : chunk.lowerBound(from);
      for (let at = start; at < end; at++) yield chunk.text(at);
    }
  }

  /** Like `lines`, one chunk at a time, decoded as Latin-1. */
  async *lineBatches(from: number, to: number): AsyncGenerator<readonly string[]> {
    const { chunks } = this.source;
    for (let n = this.#firstChunk(from); n < chunks.length; n++) {
      const { first_tick, last_tick } = chunks[n]!;
      if (first_tick > to) return;
      const bytes = await this.source.chunk(n);
      const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1');
      const lines = text.split('\n');
      if (lines.at(-1) === '') lines.pop();
      if (first_tick >= from && last_tick <= to) yield lines;
      else {
        const chunk = new RecordChunk(bytes);
        yield lines.slice(chunk.lowerBound(from), chunk.lowerBound(to + 1));
      }
    }
  }

  /** Every record as text. */
  async *all(): AsyncGenerator<string> {
    for (let n = 0; n < this.source.chunks.length; n++) {
      const chunk = await this.chunk(n);
      for (let at = 0; at < chunk.count; at++) yield chunk.text(at);
    }
  }

  /** The last record with a tick below `tick`, as text; undefined if there is none. */
  async lastBefore(tick: number): Promise<string | undefined> {
    const { chunks } = this.source;
    let n = this.#firstChunk(tick);
    if (n === chunks.length || chunks[n]!.first_tick >= tick) n--;
    if (n < 0) return undefined;
    const chunk = await this.chunk(n);
    const at = chunk.lowerBound(tick) - 1;
    return at < 0 ? undefined : chunk.text(at);
  }

  /** The record at a position of the whole artefact, as text. */
  async at(position: number): Promise<string | undefined> {
    let before = 0;
    for (const [n, { records }] of this.source.chunks.entries()) {
      if (position < before + records) return (await this.chunk(n)).text(position - before);
      before += records;
    }
    return undefined;
  }

  async chunk(index: number): Promise<RecordChunk> {
    if (this.#held?.index === index) return this.#held.chunk;
    const chunk = new RecordChunk(await this.source.chunk(index));
    this.#held = { index, chunk };
    return chunk;
  }

  /** The first chunk that may contain a record of the tick or a later one. */
  #firstChunk(tick: number): number {
    const { chunks } = this.source;
    let low = 0;
    let high = chunks.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (chunks[middle]!.last_tick < tick) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
