import { forceLink, forceManyBody, forceSimulation, forceX, forceY } from 'd3-force';
import type { Topology } from '../../../service/wire/index.js';
import { layersOf, neighboursOf, type Neighbours } from './graph-layers.js';

export interface Point {
  readonly x: number;
  readonly y: number;
}

export type Layout = ReadonlyMap<number, Point>;

const LINK = 40;
/** Rings up to this size are drawn as circles. */
const LARGEST_CIRCLE = 80;
/** Maximum node steps of the simulation; bounds the time a large graph blocks the page. */
const NODE_STEPS = 90_000;

const known = new WeakMap<Topology, Layout>();

/** Positions of the nodes of a graph, in arbitrary units; deterministic. */
export function layoutOf(topology: Topology): Layout {
  let layout = known.get(topology);
  if (layout === undefined) known.set(topology, (layout = computeLayout(topology)));
  return layout;
}

function computeLayout(topology: Topology): Layout {
  const neighbours = neighboursOf(topology);
  return circleOf(neighbours) ?? settle(topology, neighbours);
}

/** The nodes on a circle, in order, if the graph is one ring. */
function circleOf(neighbours: Neighbours): Layout | undefined {
  const size = neighbours.size;
  if (size < 3 || size > LARGEST_CIRCLE) return undefined;
  if ([...neighbours.values()].some((list) => list.length !== 2)) return undefined;
  const order: number[] = [];
  let node: number | undefined = neighbours.keys().next().value;
  while (node !== undefined) {
    order.push(node);
    node = neighbours.get(node)!.find((next) => !order.includes(next));
  }
  if (order.length !== size) return undefined;
  const radius = (size * LINK) / (2 * Math.PI);
  return new Map(
    order.map((id, at) => {
      const angle = (2 * Math.PI * at) / size - Math.PI / 2;
      return [id, { x: radius * Math.cos(angle), y: radius * Math.sin(angle) }];
    }),
  );
}

interface Body {
  readonly id: number;
  x: number;
  y: number;
}

/** Springs and repulsion, a fixed number of steps from a fixed start. */
function settle({ edges }: Topology, neighbours: Neighbours): Layout {
  const bodies: Body[] = layersOf(neighbours).flatMap((layer, column) =>
    layer.map((id, row) => ({ id, x: column * LINK, y: (row - (layer.length - 1) / 2) * LINK })),
  );
  const links = edges.map(({ i, j }) => ({ source: i, target: j }));
  const simulation = forceSimulation(bodies)
    .force(
      'link',
      forceLink<Body, { source: number; target: number }>(links)
        .id(({ id }) => id)
        .distance(LINK),
    )
    .force(
      'charge',
      forceManyBody()
        .strength(-140)
        .distanceMax(LINK * 12),
    )
    .force('x', forceX(0).strength(0.01))
    .force('y', forceY(0).strength(0.01))
    .stop();
  simulation.tick(Math.max(30, Math.min(300, Math.floor(NODE_STEPS / Math.max(bodies.length, 1)))));
  return new Map(bodies.map(({ id, x, y }) => [id, { x, y }]));
}
