import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { ReadBack } from './read-back.js';

/** The contents of files according to another process with independent readers. */
export async function readElsewhere(files: readonly string[]): Promise<readonly ReadBack[]> {
  const child = fork(fileURLToPath(new URL('read-back.js', import.meta.url)), { serialization: 'advanced' });
  child.send(files);
  const ended = once(child, 'exit').then(([code]) => {
    throw new Error(`the reader ended with ${String(code)}`);
  });
  const [found] = (await Promise.race([once(child, 'message'), ended])) as [readonly ReadBack[]];
  // Errors after the answer are ignored.
  ended.catch(() => undefined);
  child.disconnect();
  return found;
}

/** Rows as texts, null as empty text: the common denominator of typed and untyped formats. */
export function asTexts(rows: readonly (readonly unknown[])[]): string[][] {
  return rows.map((row) => row.map((value) => (value === null || value === undefined ? '' : String(value))));
}
