import { Piscina } from 'piscina';
import { carryOut, type ReadingReply, type ReadingTask } from './task-reader.js';

/** Smaller answers are copied: it is cheaper, and they may share memory with other data. */
const MOVED_BYTES = 64 * 1024;

/** Performs a task on a reading thread. Large byte arrays of the answer are transferred, not copied. */
export async function answerFrom<T extends object>(tasks: T, task: ReadingTask): Promise<unknown> {
  const reply = await carryOut(tasks, task);
  const buffers = 'ok' in reply ? longBuffers(reply.value) : [];
  return buffers.length === 0 ? reply : moved(reply, buffers);
}

function moved(reply: ReadingReply, buffers: readonly ArrayBuffer[]): unknown {
  return Piscina.move({
    get [Piscina.transferableSymbol]() {
      return buffers;
    },
    get [Piscina.valueSymbol]() {
      return reply;
    },
  } as never);
}

/** The memory of large byte arrays in an answer, or in its members. */
function longBuffers(value: unknown): ArrayBuffer[] {
  const members = value instanceof Uint8Array ? [value] : Object.values(value ?? {});
  return members.flatMap((member: unknown) => {
    if (!(member instanceof Uint8Array) || member.byteLength < MOVED_BYTES) return [];
    const { buffer } = member;
    const isWhole = buffer instanceof ArrayBuffer && buffer.byteLength === member.byteLength;
    return isWhole ? [buffer] : [];
  });
}
