import { Refusal } from '../refusal.js';
import { linesFrom } from './log-lines.js';
import type { LogSource } from './log-source.js';

const CURSOR = /^o(0|[1-9]\d{0,15})$/;
const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)$/;

/** The cursor after an entry. */
export function cursorAt(offset: number): string {
  return `o${String(offset)}`;
}

/**
 * Start offset of a read: a cursor, an instant (entries after it), or the start.
 *
 * @throws Refusal invalid-cursor
 */
export async function startOffset(source: LogSource, since: string | undefined): Promise<number> {
  if (since === undefined || since === '') return 0;
  const cursor = CURSOR.exec(since);
  if (cursor !== null) return checkedOffset(source, Number(cursor[1]));
  if (INSTANT.test(since)) return offsetAfter(source, new Date(since).toISOString());
  throw new Refusal('invalid-cursor', 'since is neither a cursor of this log nor an ISO 8601 instant');
}

async function checkedOffset(source: LogSource, offset: number): Promise<number> {
  if (offset === 0) return 0;
  const [before] = offset <= source.size ? await source.read(offset - 1, 1) : [];
  if (before === 0x0a) return offset;
  throw new Refusal('invalid-cursor', 'The cursor does not belong to this log');
}

/** Entries are ordered by time, so an instant is found by bisection. */
async function offsetAfter(source: LogSource, instant: string): Promise<number> {
  let low = 0;
  let high = source.size;
  while (low < high) {
    const middle = low + Math.floor((high - low) / 2);
    const line = await lineAt(source, middle, low);
    if (line === undefined) {
      high = middle;
      continue;
    }
    const { timestamp } = JSON.parse(line.text) as { readonly timestamp: string };
    if (timestamp > instant) high = middle;
    else low = line.end;
  }
  return low;
}

/** The first line that starts at or after an offset; `low` is the start of a line. */
async function lineAt(source: LogSource, offset: number, low: number) {
  if (offset === low) return (await linesFrom(source, offset))[0];
  const piece = await source.read(offset - 1, 1);
  if (piece[0] === 0x0a) return (await linesFrom(source, offset))[0];
  const [partial] = await linesFrom(source, offset);
  if (partial === undefined) return undefined;
  return (await linesFrom(source, partial.end))[0];
}
