import type { RunInputs } from '../engine/inputs.js';
import { largestGraph } from '../engine/umx/graph-walk.js';

/** How many nodes the graph of a run has at most; structural events may add and remove some. */
export function mostNodes(inputs: RunInputs): number {
  return largestGraph(inputs).nodes;
}
