import t from 'tap';
import type { Topology } from '../../lib/service/wire/index.js';
import type { Layout } from '../../lib/ui/tabs/pillars/graph-layout.js';
import { placesOf } from '../../lib/ui/tabs/pillars/graph-places.js';

const FRAME = { width: 800, height: 440, margin: 30 };

function graph(nodes: readonly number[], pairs: readonly (readonly [number, number])[]): Topology {
  return {
    gid: 'G',
    changes: [],
    nodes: nodes.map((node_id) => ({ node_id, label: String(node_id) })),
    edges: pairs.map(([i, j], at) => ({ e_id: at + 1, i, j, k: 1, cap: 9 })),
  };
}

const RING = graph(
  [1, 2, 3, 4, 5],
  [
    [1, 2],
    [2, 3],
    [3, 4],
    [4, 5],
    [5, 1],
  ],
);
const LINE = graph(
  [1, 2, 3],
  [
    [1, 2],
    [2, 3],
  ],
);

function distance(places: Layout, a: number, b: number): number {
  const [from, to] = [places.get(a)!, places.get(b)!];
  return Math.hypot(from.x - to.x, from.y - to.y);
}

void t.test('nodes keep their places when links fail, and when other nodes join or leave', (inner) => {
  for (const [name, first] of Object.entries({ ring: RING, line: LINE })) {
    const before = placesOf(first, first, FRAME);
    const changed = {
      'a link failed': { ...first, edges: first.edges.slice(1) },
      'a node left': graph(
        first.nodes.slice(1).map(({ node_id }) => node_id),
        [[2, 3]],
      ),
      'a node joined': graph(
        [...first.nodes.map(({ node_id }) => node_id), 9],
        [
          [1, 2],
          [2, 9],
        ],
      ),
      'a node joined that nothing links': graph([...first.nodes.map(({ node_id }) => node_id), 9], [[1, 2]]),
    };
    for (const [what, topology] of Object.entries(changed)) {
      const places = placesOf(first, topology, FRAME);
      inner.strictSame(
        [...places.keys()],
        topology.nodes.map(({ node_id }) => node_id),
        `${name}, ${what}: every node and no other has a place`,
      );
      for (const [id, place] of places) {
        if (before.has(id))
          inner.strictSame(place, before.get(id), `${name}, ${what}: node ${String(id)} keeps its place`);
        else {
          inner.ok(place.x >= 30 && place.x <= 770 && place.y >= 30 && place.y <= 410, 'inside the frame');
          inner.ok([...places.keys()].every((other) => other === id || distance(places, id, other) > 30));
        }
      }
    }
  }
  inner.end();
});

void t.test('neighbours of one node have separate places, and equal graphs equal layouts', (inner) => {
  const grown = graph(
    [1, 2, 3, 7, 8, 9],
    [
      [1, 2],
      [2, 7],
      [2, 8],
      [2, 9],
    ],
  );
  const places = placesOf(LINE, grown, FRAME);
  for (const [a, b] of [
    [7, 8],
    [8, 9],
    [7, 9],
  ] as const)
    inner.ok(distance(places, a, b) > 30, `${String(a)} and ${String(b)}`);
  inner.strictSame([...placesOf(LINE, grown, FRAME)], [...places]);
  inner.end();
});

void t.test('a graph of mostly new nodes has a new layout', (inner) => {
  const other = graph(
    [3, 11, 12, 13],
    [
      [3, 11],
      [11, 12],
      [12, 13],
    ],
  );
  inner.strictSame([...placesOf(LINE, other, FRAME)], [...placesOf(other, other, FRAME)]);
  inner.end();
});
