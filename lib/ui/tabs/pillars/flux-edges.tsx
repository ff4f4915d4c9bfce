import type { JSX } from 'react';
import type { EdgeRow, Topology } from '../../../service/wire/index.js';
import type { Layout, Point } from './graph-layout.js';
import { fluxLevel, fluxWidth, type FluxScale } from './flux-scale.js';

/** Distance in pixels between the curves of parallel edges. */
const BOW = 22;

/** Length in pixels of edges at which widths and arrows have their full size. */
const ROOMY = 60;
/** Minimum size of visible arrows. */
const LEAST_ARROW = 0.25;

/** Edges as lines with an arrow if there is flux; parallel ones are curved apart. */
export function FluxEdges({
  topology,
  places,
  flows,
  scale,
  greatest,
}: {
  readonly topology: Topology;
  readonly places: Layout;
  readonly flows: ReadonlyMap<number, EdgeRow>;
  readonly scale: FluxScale;
  readonly greatest: number;
}): JSX.Element {
  const bows = bowsOf(topology);
  const size = drawnSize(topology, places);
  return (
    <g>
      {topology.edges.map(({ e_id, i, j }) => {
        const from = places.get(i);
        const to = places.get(j);
        if (from === undefined || to === undefined) return null;
        const flow = flows.get(e_id);
        const level = flow === undefined ? 0 : fluxLevel(flow, scale, greatest);
        const curve = curveOf(from, to, (bows.get(e_id) ?? 0) * (i < j ? 1 : -1));
        return (
          <g key={e_id} className={`pillars-flux-${level}`}>
            <title>{flow === undefined ? `edge ${e_id}: ${i} – ${j}` : saidFlow(flow)}</title>
            <path d={curve.path} fill="none" strokeWidth={fluxWidth(level) * size} />
            {flow !== undefined && level > 0 && size >= LEAST_ARROW && (
              <path
                className="pillars-arrow"
                d={arrowOf(level, size)}
                transform={`translate(${curve.middle.x} ${curve.middle.y}) rotate(${curve.angle + (flow.f_e < 0 ? 180 : 0)})`}
              />
            )}
          </g>
        );
      })}
    </g>
  );
}

/** An arrow head that is recognisable on a wide edge. */
function arrowOf(level: number, size: number): string {
  const [length, half] = [round((5 + level * 1.4) * size), round((4 + level * 0.9) * size)];
  return `M${-length} ${-half}L${length} 0L${-length} ${half}Z`;
}

/** A flux as text: `edge 3: 25 from 1 to 2`. */
export function saidFlow({ e_id, i, j, f_e }: EdgeRow): string {
  const [from, to] = f_e < 0 ? [j, i] : [i, j];
  return `edge ${e_id}: ${Math.abs(f_e)} from ${from} to ${to}`;
}

/** Scale of widths and arrows, so that those of a dense graph do not hide it: at most 1. */
function drawnSize({ edges }: Topology, places: Layout): number {
  const lengths = edges
    .map(({ i, j }) => [places.get(i), places.get(j)] as const)
    .map(([from, to]) =>
      from === undefined || to === undefined ? 0 : Math.hypot(to.x - from.x, to.y - from.y),
    )
    .sort((a, b) => a - b);
  return Math.max(0.2, Math.min(1, (lengths[Math.floor(lengths.length / 2)] ?? ROOMY) / ROOMY));
}

/** Curvature of each edge, counted from the straight line; 0 unless other edges join the same nodes. */
function bowsOf({ edges }: Topology): ReadonlyMap<number, number> {
  const groups = new Map<string, number[]>();
  for (const { e_id, i, j } of edges) {
    const pair = `${Math.min(i, j)} ${Math.max(i, j)}`;
    groups.set(pair, [...(groups.get(pair) ?? []), e_id]);
  }
  const bows = new Map<number, number>();
  for (const ids of groups.values()) ids.forEach((id, at) => bows.set(id, at - (ids.length - 1) / 2));
  return bows;
}

interface Curve {
  readonly path: string;
  readonly middle: Point;
  /** Angle in degrees from the first end to the second. */
  readonly angle: number;
}

function curveOf(from: Point, to: Point, bow: number): Curve {
  const [dx, dy] = [to.x - from.x, to.y - from.y];
  const length = Math.hypot(dx, dy) || 1;
  const aside = bow * BOW;
  const [cx, cy] = [(from.x + to.x) / 2 - (dy / length) * aside, (from.y + to.y) / 2 + (dx / length) * aside];
  const middle = { x: round((from.x + to.x) / 4 + cx / 2), y: round((from.y + to.y) / 4 + cy / 2) };
  const path =
    bow === 0
      ? `M${round(from.x)} ${round(from.y)}L${round(to.x)} ${round(to.y)}`
      : `M${round(from.x)} ${round(from.y)}Q${round(cx)} ${round(cy)} ${round(to.x)} ${round(to.y)}`;
  return { path, middle, angle: round((Math.atan2(dy, dx) * 180) / Math.PI) };
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
