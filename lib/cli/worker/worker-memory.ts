import { totalmem } from 'node:os';
import { getHeapStatistics } from 'node:v8';

/**
 * Maximum memory of a run on a worker thread in bytes: the heap of the thread, and at most the memory of the
 * machine or its container. Without a container limit, the reported limit is far above the memory of the
 * machine.
 *
 * @param memory_mb heap of each thread in MiB; null for the default of the runtime
 */
export function workerMemory(memory_mb: number | null): number {
  const heap = memory_mb === null ? getHeapStatistics().heap_size_limit : memory_mb * 2 ** 20;
  const contained = process.constrainedMemory();
  return Math.min(heap, totalmem(), contained > 0 ? contained : Infinity);
}
