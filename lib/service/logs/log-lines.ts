import type { LogSource } from './log-source.js';

/** One line of a log with the offset after it. */
export interface LogLine {
  readonly text: string;
  readonly end: number;
}

const NEWLINE = 0x0a;
const PIECE = 64 * 1024;
/** Maximum length of a line; no longer ones are written. */
const LINE_LIMIT = 1024 * 1024;

/** The complete lines from an offset on, as many as one read of the source returns; none at its end. */
export async function linesFrom(source: LogSource, offset: number): Promise<readonly LogLine[]> {
  for (let length = PIECE; length <= LINE_LIMIT; length *= 4) {
    const bytes = await source.read(offset, length);
    const lines = completeLines(bytes, offset);
    if (lines.length > 0 || bytes.length < length) return lines;
  }
  return [];
}

function completeLines(bytes: Uint8Array, offset: number): LogLine[] {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const lines: LogLine[] = [];
  let start = 0;
  for (let at = buffer.indexOf(NEWLINE); at >= 0; at = buffer.indexOf(NEWLINE, start)) {
    lines.push({ text: buffer.toString('utf8', start, at), end: offset + at + 1 });
    start = at + 1;
  }
  return lines;
}
