import type { Topology } from '../../../service/wire/index.js';
import { fitInto, type Frame } from './graph-fit.js';
import { neighboursOf } from './graph-layers.js';
import { layoutOf, type Layout, type Point } from './graph-layout.js';

/** Directions and distances, as shares of the usual length of an edge, that are tried for a new node. */
const DIRECTIONS = 16;
const DISTANCES = [1, 0.6, 1.6];
/** A graph with a larger share of new nodes gets a new layout. */
const LARGEST_NEW_SHARE = 0.5;

/**
 * Positions of the nodes of a graph in a frame, in pixels. Nodes of the first graph of the run keep their
 * position there, after any structural events; new ones are placed near their neighbours. The result depends
 * only on the two graphs and the frame, never on the ticks that were viewed before.
 */
export function placesOf(first: Topology, topology: Topology, frame: Frame): Layout {
  if (topology === first) return fitInto(layoutOf(first), frame);
  const standing = fitInto(layoutOf(first), frame);
  const added = topology.nodes.filter(({ node_id }) => !standing.has(node_id));
  if (added.length > topology.nodes.length * LARGEST_NEW_SHARE) return fitInto(layoutOf(topology), frame);
  const places = new Map<number, Point>();
  for (const { node_id } of topology.nodes) {
    const place = standing.get(node_id);
    if (place !== undefined) places.set(node_id, place);
  }
  const neighbours = neighboursOf(topology);
  const length = usualLength(first, standing, frame);
  for (const { node_id } of added) {
    const near = neighbours.get(node_id)!.flatMap((id) => places.get(id) ?? []);
    places.set(node_id, freestPlace(near, { places, frame, length }));
  }
  return new Map(topology.nodes.map(({ node_id }) => [node_id, places.get(node_id)!]));
}

/** The median length of an edge, in pixels. */
function usualLength({ edges }: Topology, places: Layout, { width, height }: Frame): number {
  const lengths = edges.flatMap(({ i, j }) => {
    const [from, to] = [places.get(i), places.get(j)];
    return from === undefined || to === undefined ? [] : [Math.hypot(from.x - to.x, from.y - to.y)];
  });
  const middle = lengths.toSorted((a, b) => a - b)[lengths.length >> 1];
  return Math.min(middle ?? Infinity, Math.min(width, height) / 3);
}

interface Surroundings {
  readonly places: Layout;
  readonly frame: Frame;
  readonly length: number;
}

/**
 * Among the places around the centre of the neighbours, the one with the most room; the first of equal ones.
 */
function freestPlace(near: readonly Point[], { places, frame, length }: Surroundings): Point {
  const { width, height, margin } = frame;
  const middle =
    near.length === 0
      ? { x: width / 2, y: height / 2 }
      : {
          x: near.reduce((sum, { x }) => sum + x, 0) / near.length,
          y: near.reduce((sum, { y }) => sum + y, 0) / near.length,
        };
  let best = middle;
  let room = near.length > 1 ? roomAt(middle, places) : -1;
  for (const distance of DISTANCES) {
    for (let direction = 0; direction < DIRECTIONS && room < length * 0.9; direction++) {
      const angle = (2 * Math.PI * direction) / DIRECTIONS - Math.PI / 2;
      const x = clamp(middle.x + Math.cos(angle) * distance * length, margin, width - margin);
      const y = clamp(middle.y + Math.sin(angle) * distance * length, margin, height - margin);
      const free = roomAt({ x, y }, places);
      if (free > room + 1e-6) [best, room] = [{ x, y }, free];
    }
  }
  return best;
}

function clamp(value: number, least: number, most: number): number {
  return Math.max(least, Math.min(value, most));
}

/** Distance to the nearest node, in pixels. */
function roomAt({ x, y }: Point, places: Layout): number {
  let nearest = Infinity;
  for (const other of places.values()) nearest = Math.min(nearest, Math.hypot(other.x - x, other.y - y));
  return nearest;
}
