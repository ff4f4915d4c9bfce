import type { Topology } from '../../../service/wire/index.js';

/** Adjacent nodes of every node, without duplicates, in order of node and edge. */
export type Neighbours = ReadonlyMap<number, readonly number[]>;

export function neighboursOf({ nodes, edges }: Topology): Neighbours {
  const sets = new Map(nodes.map(({ node_id }) => [node_id, new Set<number>()]));
  for (const { i, j } of edges) {
    sets.get(i)?.add(j);
    sets.get(j)?.add(i);
  }
  return new Map([...sets].map(([id, set]) => [id, [...set]]));
}

/**
 * The nodes by their distance from a node at the rim. Forces that start from there unfold lines, grids and
 * trees, which from a circle would stay tangled. Disconnected parts follow one another.
 */
export function layersOf(neighbours: Neighbours): number[][] {
  const seen = new Set<number>();
  const layers: number[][] = [];
  for (const start of neighbours.keys()) {
    if (seen.has(start)) continue;
    const rim = reach(neighbours, start).at(-1)![0]!;
    const opposite = reach(neighbours, rim).at(-1)![0]!;
    const part = reach(neighbours, Math.min(rim, opposite));
    for (const id of part.flat()) seen.add(id);
    layers.push(...part);
  }
  return layers;
}

function reach(neighbours: Neighbours, start: number): number[][] {
  const seen = new Set([start]);
  const layers: number[][] = [];
  let layer = [start];
  while (layer.length > 0) {
    layers.push(layer);
    const next: number[] = [];
    for (const id of layer) {
      for (const other of neighbours.get(id) ?? []) {
        if (seen.has(other)) continue;
        seen.add(other);
        next.push(other);
      }
    }
    layer = next;
  }
  return layers;
}
