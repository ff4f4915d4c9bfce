import type { StagedBlob } from '../../store/port.js';
import type { WorkerReply } from './worker-job.js';

/**
 * Answer of a thread: a reply for each job of a message, in their order. As text, which costs half of copying
 * objects; the bytes of blobs are in transferred buffers. Plain data.
 */
export interface ReplyMessage {
  readonly text: string;
  readonly buffers: readonly ArrayBuffer[];
  /** Milliseconds of computing for it, and of idling before it. */
  readonly effort: ThreadEffort;
}

export interface ThreadEffort {
  readonly busy_ms: number;
  readonly idle_ms: number;
}

/** A blob in memory: the location of its bytes. */
interface PackedBlob extends Omit<StagedBlob & { at: 'memory' }, 'bytes'> {
  /** Number of the buffer, and offset in it. */
  readonly bytes: readonly [number, number];
}

/** @param memory buffers that the thread transfers; other blobs are copied */
export function packReplies(
  replies: readonly WorkerReply[],
  memory: readonly ArrayBuffer[],
): Omit<ReplyMessage, 'effort'> {
  const buffers = [...memory];
  const pack = (blob: StagedBlob): StagedBlob | PackedBlob => {
    if (blob.at === 'disk') return blob;
    let { bytes } = blob;
    let buffer = buffers.indexOf(bytes.buffer as ArrayBuffer);
    if (buffer < 0) {
      bytes = new Uint8Array(bytes);
      buffer = buffers.push(bytes.buffer as ArrayBuffer) - 1;
    }
    return { ...blob, bytes: [buffer, bytes.byteOffset] };
  };
  const packed = replies.map((reply) => {
    if (reply.ok) return { ...reply, result: { ...reply.result, blobs: reply.result.blobs.map(pack) } };
    return reply.code === null ? reply : { ...reply, staged: reply.staged.map(pack) };
  });
  return { text: JSON.stringify(packed), buffers };
}

export function unpackReplies({ text, buffers }: ReplyMessage): readonly WorkerReply[] {
  const unpack = (blob: StagedBlob): StagedBlob => {
    if (blob.at === 'disk') return blob;
    const [buffer, from] = (blob as unknown as PackedBlob).bytes;
    return { ...blob, bytes: new Uint8Array(buffers[buffer]!, from, blob.size) };
  };
  return (JSON.parse(text) as readonly WorkerReply[]).map((reply) => {
    if (reply.ok) return { ...reply, result: { ...reply.result, blobs: reply.result.blobs.map(unpack) } };
    return reply.code === null ? reply : { ...reply, staged: reply.staged.map(unpack) };
  });
}
