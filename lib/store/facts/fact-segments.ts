import { sha256 } from '../../base/digest.js';
import { errorCode } from '../../base/errors.js';
import type { DiskReader } from '../disk-reader.js';
import type { YieldTimer } from '../../platform/yield-timer.js';
import { LineSplitter } from './split-lines.js';

/** The first number changes with the form of the facts; the last one is the number of lines, which older programs omit. */
const SEGMENT = /^facts-1-[0-9a-f]{16}(?:-(\d+))?\.jsonl$/;
/** Bytes of a segment read at once. */
const PIECE = 128 << 10;

/** Receives a line without its newline, valid during the call, and its offset in the segment. */
export type UseLine = (line: Uint8Array, from: number) => void;

/** The segments of a store, as paths below its root. */
export function factSegments(reader: DiskReader): readonly string[] {
  const names = reader.list('cache').filter(({ name, kind }) => kind === 'file' && SEGMENT.test(name));
  return names.map(({ name }) => `cache/${name}`);
}

/** Path of a segment below the root of the store, with its number of lines. */
export function factSegment(text: string, lines: number): string {
  return `cache/facts-1-${sha256(text).slice(0, 16)}-${String(lines)}.jsonl`;
}

/** Number of lines in segments by their names; undefined if one does not have it. */
export function linesOf(segments: readonly string[]): number | undefined {
  const counts = segments.map((segment) => Number(SEGMENT.exec(segment.slice('cache/'.length))?.[1] ?? NaN));
  const sum = counts.reduce((total, count) => total + count, 0);
  return Number.isNaN(sum) ? undefined : sum;
}

/** Lines of a segment; none if it was merged into another segment meanwhile. */
export function segmentLines(reader: DiskReader, segment: string, use: UseLine): void {
  const splitter = new LineSplitter(use);
  try {
    reader.files.readPieces(reader.path(segment), (piece) => {
      splitter.push(piece);
    });
  } catch (error) {
    // Its facts are read from the records.
    if (errorCode(error) === undefined) throw error;
  }
}

/** The same, yielding to other work of this thread in between. */
export async function pacedSegmentLines(
  reader: DiskReader,
  segment: string,
  { yieldTimer, use }: { readonly yieldTimer: YieldTimer; readonly use: UseLine },
): Promise<void> {
  const splitter = new LineSplitter(use);
  try {
    const into = Buffer.allocUnsafeSlow(PIECE);
    for (let from = 0; ;) {
      const piece = reader.files.readInto(reader.path(segment), from, into);
      if (piece.length === 0) return;
      splitter.push(piece);
      from += piece.length;
      if (yieldTimer.isDue) await yieldTimer.yield();
    }
  } catch (error) {
    // Its facts are read from the records.
    if (errorCode(error) === undefined) throw error;
  }
}
