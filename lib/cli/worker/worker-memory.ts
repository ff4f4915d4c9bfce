import { totalmem } from 'node:os';
import { getHeapStatistics } from 'node:v8';

/**
 * Bytes that a run on a worker thread may need: the heap that it is given or that the runtime has, and no more than the
 * machine or its container. A container's limit is far beyond the machine where there is none.
 *
 * @param memory_mb heap of each thread in MiB; null for the runtime's own
 */
export function workerMemory(memory_mb: number | null): number {
  const heap = memory_mb === null ? getHeapStatistics().heap_size_limit : memory_mb * 2 ** 20;
  const contained = process.constrainedMemory();
  return Math.min(heap, totalmem(), contained > 0 ? contained : Infinity);
}
