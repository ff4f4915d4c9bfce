import type { RunInputs } from '../engine/inputs.js';
import { largestGraph } from '../engine/umx/graph-walk.js';

/** Maximum number of nodes of the graph of a run; structural events may add and remove some. */
export function mostNodes(inputs: RunInputs): number {
  return largestGraph(inputs).nodes;
}
