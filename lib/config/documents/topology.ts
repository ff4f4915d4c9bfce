import { isInt } from '../../base/integers.js';
import type { Topology, TopologyEdge, TopologyNode } from '../../engine/inputs.js';
import type { TopologyDocument } from '../schemas/topology.js';
import { childOf, isList, isMap } from '../source/path.js';
import type { CheckContext } from './loaded.js';

/** Checks that a schema cannot express; accepts documents that do not match their schema. */
export function checkTopology(context: CheckContext): void {
  const { view, limits, problems } = context;
  const N = childOf(view.value, 'N');
  const nodes = childOf(view.value, 'nodes');
  const edges = childOf(view.value, 'edges');
  if (isInt(N) && N > limits.nodes) {
    const expected = `at most ${String(limits.nodes)}`;
    problems.at(view, ['N'], { code: 'too-many-nodes', message: 'more nodes than the limit', expected });
  }
  if (isList(nodes)) checkNodes(nodes, N, context);
  if (!isList(edges)) return;
  if (edges.length > limits.edges) {
    const expected = `at most ${String(limits.edges)} edges`;
    problems.at(view, ['edges'], { code: 'too-many-edges', message: 'more edges than the limit', expected });
  }
  edges.forEach((edge, index) => {
    if (isMap(edge)) checkEdge(edge, index, context);
  });
}

function checkNodes(nodes: readonly unknown[], N: unknown, { view, problems }: CheckContext): void {
  if (isInt(N) && N >= 1 && nodes.length !== N) {
    const expected = `a list of ${String(N)} nodes`;
    problems.at(view, ['nodes'], { code: 'node-count', message: '"nodes" does not list N nodes', expected });
  }
  nodes.forEach((node, index) => {
    const id = childOf(node, 'node_id');
    if (!isInt(id) || id === index + 1) return;
    const message = 'node ids must run from 1 to N in order';
    problems.at(view, ['nodes', index, 'node_id'], {
      code: 'node-order',
      message,
      expected: String(index + 1),
    });
  });
}

function checkEdge(edge: Readonly<Record<string, unknown>>, index: number, context: CheckContext): void {
  const { view, problems } = context;
  const { e_id, i, j, SC } = edge;
  if (isInt(e_id) && e_id !== index + 1) {
    const message = 'edge ids must run from 1 in order';
    problems.at(view, ['edges', index, 'e_id'], { code: 'edge-order', message, expected: String(index + 1) });
  }
  const N = childOf(view.value, 'N');
  for (const [end, node] of [
    ['i', i],
    ['j', j],
  ] as const) {
    if (!isInt(node) || !isInt(N) || node < 1 || node <= N) continue;
    const message = `"${end}" names a node that does not exist`;
    problems.at(view, ['edges', index, end], {
      code: 'edge-endpoint',
      message,
      expected: `1 to ${String(N)}`,
    });
  }
  if (isInt(i) && i === j) {
    const message = 'an edge must join two different nodes';
    problems.at(view, ['edges', index, 'j'], { code: 'self-loop', message, expected: `not ${String(i)}` });
  }
  const scale = childOf(view.value, 'SC');
  if (!isInt(SC) || !isInt(scale) || scale < 1 || SC === scale) return;
  const message = 'the SC of an edge must equal that of its topology';
  problems.at(view, ['edges', index, 'SC'], { code: 'edge-scale', message, expected: String(scale) });
}

/** The topology of a run, with defaults filled in. */
export function buildTopology(raw: TopologyDocument): Topology {
  const version = raw.meta?.version ?? '';
  return {
    gid: raw.gid,
    profile: raw.profile,
    N: raw.N,
    SC: raw.SC,
    nodes: buildNodes(raw),
    edges: raw.edges.map((edge) => buildEdge(edge, raw.SC)),
    causal_radius: raw.causal_radius ?? 0,
    max_edge_cap: raw.max_edge_cap ?? null,
    topology_version: version === '' ? 'v1' : String(version),
    nap_ref: raw.nap_ref ?? '',
  };
}

function buildNodes({ N, nodes }: TopologyDocument): TopologyNode[] {
  if (!nodes) return Array.from({ length: N }, (_, at) => ({ node_id: at + 1, label: `n${String(at + 1)}` }));
  return nodes.map(({ node_id, label }) => ({ node_id, label: label ?? `n${String(node_id)}` }));
}

function buildEdge(edge: TopologyDocument['edges'][number], SC: number): TopologyEdge {
  const { e_id, i, j, k, cap } = edge;
  return { e_id, i, j, k, cap, SC, c: edge.c ?? 0, causal_radius: edge.causal_radius ?? null };
}
