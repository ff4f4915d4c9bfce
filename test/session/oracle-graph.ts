import type { RunInputs, SlpEvent, Topology, TopologyEdge } from '../../lib/engine/inputs.js';
import { byCodeUnit, type Exact } from './oracle-json.js';

/** Events of a tick in the order of application. */
export function eventsOf({ slp }: RunInputs, tick: number): readonly SlpEvent[] {
  const own = (slp ?? []).filter((event) => event.tick_effective === tick);
  return own.sort((a, b) => byCodeUnit(a.event_id, b.event_id));
}

/** The graph that the step of a tick uses, computed from the document's topology. */
export function graphAt(inputs: RunInputs, tick: number): Topology {
  let labels = inputs.topology.nodes.map(({ label }) => label);
  let edges: TopologyEdge[] = inputs.topology.edges.map((edge) => ({ ...edge }));
  for (let at = 1; at <= tick; at++) {
    for (const { op_type, payload } of eventsOf(inputs, at)) {
      if (op_type === 'ADD_NODE') labels.push(payload.label ?? '');
      if (op_type === 'REMOVE_NODE') {
        const last = labels.length;
        labels = labels.slice(0, -1);
        edges = edges.filter((edge) => edge.i !== last && edge.j !== last);
        edges = edges.map((edge, e) => ({ ...edge, e_id: e + 1 }));
      }
      if (op_type === 'ADD_EDGE') {
        const { e_id, i, j } = payload;
        const rest = { k: payload.k ?? 0, cap: payload.cap ?? 0, c: payload.c ?? 0 };
        edges.push({ e_id, i, j, ...rest, SC: inputs.topology.SC, causal_radius: null });
      }
      if (op_type === 'REMOVE_EDGE') edges = edges.slice(0, -1);
      if (op_type === 'UPDATE_EDGE')
        edges = edges.map((edge) => (edge.e_id === payload.e_id ? { ...edge, ...payload } : edge));
    }
  }
  const nodes = labels.map((label, n) => ({ node_id: n + 1, label }));
  return { ...inputs.topology, N: nodes.length, nodes, edges };
}

/** A state resized to a number of nodes: cut at the end, or extended by zeros. */
export function resized(state: readonly bigint[], nodes: number): bigint[] {
  const cut = state.slice(0, nodes);
  while (cut.length < nodes) cut.push(0n);
  return cut;
}

/** Record of an event that applied. */
export function eventRecord({ tick_effective, event_id, op_type, payload }: SlpEvent): Exact {
  const values = Object.entries(payload).map(([key, value]) => [
    key,
    typeof value === 'number' ? BigInt(value) : (value as string),
  ]);
  return { tick: BigInt(tick_effective), event_id, op_type, payload: Object.fromEntries(values) as Exact };
}
