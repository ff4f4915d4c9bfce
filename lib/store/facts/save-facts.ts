import { byCodeUnit } from '../../base/code-units.js';
import type { Processes } from '../../base/ports.js';
import { replaceCacheFile } from '../cache-file.js';
import type { DiskReader } from '../disk-reader.js';
import { factLine, idOfFactLine, readFactLine, textOfLine } from './fact-lines.js';
import { factSegment, factSegments, linesOf, segmentLines } from './fact-segments.js';
import { factsOf, type RunFacts } from './run-facts.js';

/** Maximum of small segments; more are merged. */
const MOST_SMALL = 16;
const SMALL_BYTES = 4 << 20;

/** Maximum of lines in a segment, to bound memory. */
const MOST_LINES = 8192;

/**
 * Adds segments with the facts of runs. A cache: neither durable nor required, so errors are ignored.
 *
 * @param known facts that are known to have no line yet
 * @param runs number of runs in the store: if there are fewer lines, all other runs without a line are added too; null to
 * add none
 */
export function saveFacts(
  reader: DiskReader,
  processes: Processes,
  { known, runs }: { readonly known: readonly RunFacts[]; readonly runs: number | null },
): void {
  try {
    const merged = toMerge(reader, factSegments(reader));
    const writer = new SegmentWriter(reader, processes);
    const segments = factSegments(reader);
    const lines = linesOf(segments) ?? 0;
    const left = runs !== null && lines + known.length < runs ? withoutLine(reader, segments) : [];
    const isKnown = new Set<string>(known.map(({ id }) => id));
    const kept = new Set(merged.length > 0 ? reader.runIds() : []);
    for (const segment of merged) {
      segmentLines(reader, segment, (line) => {
        const facts = readFactLine(textOfLine(line));
        if (facts !== undefined && kept.delete(facts.id)) writer.add(facts);
      });
    }
    for (const facts of known) writer.add(facts);
    for (const id of left) {
      if (isKnown.has(id)) continue;
      const record = reader.readableRun(id);
      if (record !== undefined) writer.add(factsOf(record));
    }
    writer.finish();
    for (const segment of merged) if (!writer.written.has(segment)) reader.files.remove(reader.path(segment));
  } catch {
    // The next writer tries again; a leftover temporary file is swept.
  }
}

/** Runs without a line in any segment. */
function* withoutLine(reader: DiskReader, segments: readonly string[]): Generator<string, void, undefined> {
  const ids = reader.packedIds('runs');
  const seen = new Uint8Array(ids.length);
  for (const segment of segments) {
    segmentLines(reader, segment, (line) => {
      const number = ids.find(idOfFactLine(line));
      if (number !== undefined) seen[number] = 1;
    });
  }
  for (let number = 0; number < ids.length; number++) if (seen[number] === 0) yield ids.at(number);
}

/** Small segments if there are too many, and those of older programs, whose number of lines is unknown. */
function toMerge(reader: DiskReader, segments: readonly string[]): readonly string[] {
  const uncounted = segments.filter((segment) => linesOf([segment]) === undefined);
  const small = segments.filter((segment) => {
    const entry = reader.files.stat(reader.path(segment));
    return entry !== undefined && entry.size < SMALL_BYTES;
  });
  return [...new Set([...uncounted, ...(small.length > MOST_SMALL ? small : [])])];
}

/** Writes lines as segments, each sorted by name, start and id: the order in which tables read runs. */
class SegmentWriter {
  /** The segments, as paths below the root of the store. */
  readonly written = new Set<string>();
  readonly #reader: DiskReader;
  readonly #processes: Processes;
  readonly #lines: { readonly key: string; readonly line: string }[] = [];

  constructor(reader: DiskReader, processes: Processes) {
    this.#reader = reader;
    this.#processes = processes;
  }

  add(facts: RunFacts): void {
    const key = `${facts.name} ${facts.started_at} ${facts.id}`;
    if (this.#lines.push({ key, line: factLine(facts) }) === MOST_LINES) this.#write();
  }

  finish(): void {
    if (this.#lines.length > 0) this.#write();
  }

  #write(): void {
    const lines = this.#lines.splice(0).sort((a, b) => byCodeUnit(a.key, b.key));
    const text = lines.map(({ line }) => line).join('');
    const segment = factSegment(text, lines.length);
    const { root, files } = this.#reader;
    replaceCacheFile({ root, files, processes: this.#processes }, segment, text);
    this.written.add(segment);
  }
}
