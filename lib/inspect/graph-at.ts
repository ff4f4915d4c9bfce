import type { RunInputs, Topology } from '../engine/inputs.js';
import { GraphWalk } from '../engine/umx/graph-walk.js';

/** The graph that the step of a tick sees; at tick 0 the topology as the document gives it. */
export function graphAt({ topology, slp = [] }: RunInputs, tick: number): Topology {
  const walk = new GraphWalk(topology, slp);
  walk.advance(tick);
  return walk.topology;
}
