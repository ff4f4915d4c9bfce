import type { RunInputs, SlpEvent, Topology, TopologyEdge, TopologyNode } from '../inputs.js';

/**
 * The graph of a run under its structural events (section 13). Events are applied once, in the order of the
 * resolver; the walk holds one graph at a time.
 */
export class GraphWalk {
  #topology: Topology;
  readonly #events: readonly SlpEvent[];
  #next = 0;

  constructor(topology: Topology, events: readonly SlpEvent[]) {
    this.#topology = topology;
    this.#events = events;
  }

  /** The graph after the events applied so far. */
  get topology(): Topology {
    return this.#topology;
  }

  /** Tick of the next event; Infinity after the last. */
  get nextTick(): number {
    return this.#events[this.#next]?.tick_effective ?? Infinity;
  }

  /** Applies the events of all ticks up to and including this one; returns those applied, in order. */
  advance(tick: number): readonly SlpEvent[] {
    const from = this.#next;
    while (this.nextTick <= tick) this.#next++;
    if (this.#next === from) return NONE;
    const applied = this.#events.slice(from, this.#next);
    this.#topology = changed(this.#topology, applied);
    return applied;
  }
}

const NONE: readonly SlpEvent[] = [];

/** The graph after some events, which the resolver has validated. */
function changed(topology: Topology, events: readonly SlpEvent[]): Topology {
  const graph = { nodes: [...topology.nodes], edges: [...topology.edges] };
  for (const event of events) apply(graph, event, topology.SC);
  return { ...topology, N: graph.nodes.length, nodes: graph.nodes, edges: graph.edges };
}

interface MutableGraph {
  readonly nodes: TopologyNode[];
  edges: TopologyEdge[];
}

function apply(graph: MutableGraph, event: SlpEvent, SC: number): void {
  const { nodes, edges } = graph;
  switch (event.op_type) {
    case 'ADD_NODE': {
      const { node_id, label } = event.payload;
      nodes.push({ node_id, label: label ?? `n${node_id}` });
      return;
    }
    case 'REMOVE_NODE': {
      const { node_id } = event.payload;
      nodes.pop();
      const left = edges.filter(({ i, j }) => i !== node_id && j !== node_id);
      if (left.length < edges.length) graph.edges = left.map((edge, at) => ({ ...edge, e_id: at + 1 }));
      return;
    }
    case 'UPDATE_NODE': {
      const { node_id, label } = event.payload;
      if (label !== undefined) nodes[node_id - 1] = { node_id, label };
      return;
    }
    case 'ADD_EDGE': {
      const { e_id, i, j, k = 0, cap = 0, c = 0 } = event.payload;
      edges.push({ e_id, i, j, k, cap, SC, c, causal_radius: null });
      return;
    }
    case 'REMOVE_EDGE':
      edges.pop();
      return;
    case 'UPDATE_EDGE': {
      const at = event.payload.e_id - 1;
      edges[at] = { ...edges[at]!, ...event.payload };
    }
  }
}

/** Maximum number of nodes and edges of the graph over all ticks of a run. */
export function largestGraph({ topology, slp = NONE }: Pick<RunInputs, 'topology' | 'slp'>): {
  readonly nodes: number;
  readonly edges: number;
} {
  const walk = new GraphWalk(topology, slp);
  let nodes = topology.N;
  let edges = topology.edges.length;
  while (walk.nextTick < Infinity) {
    walk.advance(walk.nextTick);
    nodes = Math.max(nodes, walk.topology.N);
    edges = Math.max(edges, walk.topology.edges.length);
  }
  return { nodes, edges };
}
