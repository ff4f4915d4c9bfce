import type { TaskReader } from '../reading/task-reader.js';
import type { RunRecords } from './run-records.js';

/**
 * The bytes of a stream that the records thread has opened; an abandoned stream is closed there, even before
 * its start.
 */
export function readStream(
  records: TaskReader<RunRecords>,
  stream: number,
): AsyncIterableIterator<Uint8Array, undefined> {
  const end = { done: true, value: undefined } as const;
  let isDone = false;
  return {
    [Symbol.asyncIterator]() {
      return this;
    },
    async next() {
      if (isDone) return end;
      const { bytes, done } = await records.ask('nextPieces', stream);
      isDone = done;
      return done && bytes.length === 0 ? end : { done: false, value: bytes };
    },
    async return() {
      if (!isDone) await records.ask('closePieces', stream);
      isDone = true;
      return end;
    },
  };
}
