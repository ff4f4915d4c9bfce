import { systemClock } from '../../platform/clock.js';
import { liveArea } from '../live-area.js';
import type { ArtefactStore } from '../../store/port.js';
import { withStore } from '../open-store.js';
import type { Terminal } from '../terminal.js';

const REDRAW_MS = 100;
/** Interval of progress lines without a terminal. */
const LINE_MS = 10_000;

/** Progress of an operation, on stderr: redrawn on a terminal, lines at intervals otherwise. */
export interface Progress {
  /** May be called often; the display is throttled. */
  say(text: string): void;
  /** Removes the display. */
  done(): void;
}

/** The pieces unchanged; `passed` is called with the number of bytes so far. */
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

/** Uses a store that is being opened and shows progress; ends both. */
export function withProgress<S extends ArtefactStore, T>(
  opening: Promise<S>,
  { terminal, quiet }: { readonly terminal: Terminal; readonly quiet?: boolean | undefined },
  use: (store: S, progress: Progress) => Promise<T>,
): Promise<T> {
  return withStore(opening, async (store) => {
    const progress = await progressOn(terminal, quiet);
    try {
      return await use(store, progress);
    } finally {
      progress.done();
    }
  });
}
