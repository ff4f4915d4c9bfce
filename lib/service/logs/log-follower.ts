import type { GrowingFiles } from '../../base/ports.js';
import type { RunId } from '../../base/run-id.js';
import { linesFrom, type LogLine } from './log-lines.js';
import type { LogSource, LogSources } from './log-source.js';

const LOOK_MS = 100;

/** Notifies callers when a log grows: one check per file and tenth of a second, for any number of callers. */
export class LogGrowth {
  readonly #files: GrowingFiles;
  readonly #waiting = new Map<string, { readonly beyond: number; readonly wake: () => void }[]>();
  #timer: NodeJS.Timeout | undefined;

  constructor(files: GrowingFiles) {
    this.#files = files;
  }

  /** Resolves when the file is larger than `size`. */
  beyond(path: string, size: number): Promise<void> {
    return new Promise((wake) => {
      const list = this.#waiting.get(path) ?? [];
      list.push({ beyond: size, wake });
      this.#waiting.set(path, list);
      this.#timer ??= setInterval(() => {
        this.#look();
      }, LOOK_MS).unref();
    });
  }

  #look(): void {
    for (const [path, list] of this.#waiting) {
      const size = this.#files.size(path);
      const rest = list.filter(({ beyond }) => beyond >= size);
      for (const { beyond, wake } of list) if (beyond < size) wake();
      if (rest.length > 0) this.#waiting.set(path, rest);
      else this.#waiting.delete(path);
    }
    if (this.#waiting.size > 0) return;
    clearInterval(this.#timer);
    this.#timer = undefined;
  }

  /** Notifies all callers that wait for a file. */
  release(path: string): void {
    for (const { wake } of this.#waiting.get(path) ?? []) wake();
    this.#waiting.delete(path);
  }
}

export interface FollowOptions {
  readonly run: RunId;
  readonly offset: number;
  readonly filter: ((line: string) => boolean) | null;
  readonly sources: LogSources;
  readonly growth: LogGrowth;
  readonly signal: AbortSignal;
  /**
   * Resolves when the next piece may be read and sent: many streams at full speed would block everything
   * else.
   */
  readonly turn: () => Promise<void>;
}

/**
 * A growing log: lists of lines, an empty one after each wait, until the run has ended and all lines were
 * yielded. It reads only on demand, so a slow reader costs only a file position.
 */
export async function* followLog(options: FollowOptions): AsyncGenerator<readonly LogLine[]> {
  const { run, filter, sources, growth, signal, turn } = options;
  let { offset } = options;
  const aborted = new Promise<void>((resolve) => {
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
  let source: LogSource | undefined;
  while (!signal.aborted) {
    await turn();
    const growing = sources.growing(run);
    // A log that has ended does not move.
    if (source?.ended !== true) source = await sources.of(run);
    const lines = await linesFrom(source, offset);
    const last = lines.at(-1);
    if (last !== undefined) {
      offset = last.end;
      yield filter === null ? lines : lines.filter(({ text }) => filter(text));
    } else if (growing === undefined) {
      if (source.ended) return;
    } else {
      await Promise.race([growth.beyond(growing.path, offset), growing.over, aborted]);
    }
  }
}
