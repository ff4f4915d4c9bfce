import { parentPort } from 'node:worker_threads';
import type { Clock } from '../../base/ports.js';
import { unpackJobs, type JobMessage } from './job-message.js';
import { packReplies, type ReplyMessage } from './reply-message.js';
import type { RunJob } from '../run-job.js';
import type { WorkerReply } from './worker-job.js';

/** Computes the jobs of a thread. */
export interface JobServer {
  readonly clock: Clock;
  readonly compute: (job: RunJob) => WorkerReply | Promise<WorkerReply>;
  /** Transfers the memory of the blobs of the replies so far. */
  readonly takeMemory?: () => readonly ArrayBuffer[];
}

/** Makes a worker thread answer the messages of a ThreadHandle; call once, at its start. */
export function serveJobs({ clock, compute, takeMemory }: JobServer): void {
  const port = parentPort!;
  let ended: number | undefined;
  port.on('message', (message: JobMessage) => {
    const began = clock.monotonic();
    const idle_ms = began - (ended ?? began);
    const answer = (replies: readonly WorkerReply[]): void => {
      const packed = packReplies(replies, takeMemory?.() ?? []);
      ended = clock.monotonic();
      const reply: ReplyMessage = { ...packed, effort: { busy_ms: ended - began, idle_ms } };
      port.postMessage(reply, [...reply.buffers]);
    };
    const replies = unpackJobs(message).map(compute);
    if (replies.every(isReady)) answer(replies);
    else void Promise.all(replies.map((reply) => Promise.resolve(reply))).then(answer);
  });
}

function isReady(reply: WorkerReply | Promise<WorkerReply>): reply is WorkerReply {
  return !(reply instanceof Promise);
}
