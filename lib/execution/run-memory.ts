import type { RunInputs } from '../engine/inputs.js';
import { largestGraph } from '../engine/umx/graph-walk.js';

/** Measured peak memory of a process per node or edge of its run (10^5 and 10^6 edges), in bytes, rounded up. */
const ELEMENT_MEMORY = 2_100;

/** Estimated memory of a run in bytes, in addition to that of an idle worker. */
export function runMemory(inputs: RunInputs): number {
  const { nodes, edges } = largestGraph(inputs);
  return ELEMENT_MEMORY * (nodes + edges);
}
