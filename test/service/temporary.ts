import type { Test } from 'tap';

/** A directory for one test, and the teardowns to run before it is removed. */
export interface Temporary {
  readonly directory: string;
  /** Called at the end, the latest first, before the directory is removed. */
  readonly atEnd: (close: () => unknown) => void;
}

/** The framework removes its directories before later teardowns, so this one registers first. */
export function temporary(t: Test): Temporary {
  const closers: (() => unknown)[] = [];
  t.teardown(async () => {
    for (const close of closers.reverse()) await close();
  });
  return { directory: t.testdir(), atEnd: (close) => closers.push(close) };
}
