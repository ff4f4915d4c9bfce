import type { RunInputs, Topology } from '../engine/inputs.js';
import { GraphWalk } from '../engine/umx/graph-walk.js';

/** The graph in the step of a tick; at tick 0 the topology of the document. */
export function graphAt({ topology, slp = [] }: RunInputs, tick: number): Topology {
  const walk = new GraphWalk(topology, slp);
  walk.advance(tick);
  return walk.topology;
}
