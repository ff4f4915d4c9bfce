import { systemClock } from '../../platform/clock.js';
import { liveArea } from '../live-area.js';
import type { Terminal } from '../terminal.js';

const REDRAW_MS = 100;
/** Away from a terminal, long work says so often that it is alive. */
const LINE_MS = 10_000;

/** How far a piece of work is, on stderr: redrawn for people, now and then a line for files. */
export interface Progress {
  /** Told often; shows what it is told at a bearable pace. */
  say(text: string): void;
  /** Takes what is drawn away. */
  done(): void;
}

/** The pieces as they are; `passed` is told their bytes so far. */
export async function* counted(
  pieces: AsyncIterable<Uint8Array>,
  passed: (bytes: number) => void,
): AsyncGenerator<Uint8Array> {
  let bytes = 0;
  for await (const piece of pieces) {
    yield piece;
    passed((bytes += piece.length));
  }
}

export async function progressOn(terminal: Terminal, quiet = false): Promise<Progress> {
  if (quiet) return { say: () => undefined, done: () => undefined };
  const area = terminal.isLive ? await liveArea(terminal) : undefined;
  const pause = area === undefined ? LINE_MS : REDRAW_MS;
  let last = systemClock.monotonic();
  return {
    say(text) {
      const now = systemClock.monotonic();
      if (now - last < pause) return;
      last = now;
      if (area === undefined) terminal.err(`${text}\n`);
      else area.draw(text);
    },
    done() {
      area?.clear();
      area?.done();
    },
  };
}
