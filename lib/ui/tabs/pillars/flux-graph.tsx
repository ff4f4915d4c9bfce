import { memo, useMemo, type JSX } from 'react';
import type { EdgeRow, Topology } from '../../../service/wire/index.js';
import { useElementWidth } from '../../parts/element-width.js';
import { FluxEdges, saidFlow } from './flux-edges.js';
import { greatestFlux, type FluxScale } from './flux-scale.js';
import { placesOf } from './graph-places.js';
import { shownNumber } from '../../parts/numbers.js';
import { labelled } from './graph-fit.js';
import type { Layout } from './graph-layout.js';

/** Maximum number of nodes drawn; larger graphs are shown only as tables. */
const MOST_NODES = 3000;
const MOST_EDGES = 6000;
/** Number of nodes from which the drawing is taller. */
const CROWD = 60;

/** The graph of a run at one tick. */
export const FluxGraph = memo(function FluxGraph({
  first,
  topology,
  values,
  flows,
  scale,
  caption,
}: {
  /** The graph at the start of the run: its nodes keep their places. */
  readonly first: Topology;
  readonly topology: Topology;
  readonly values: ReadonlyMap<number, number>;
  /** By edge; empty if fluxes are unknown. */
  readonly flows: ReadonlyMap<number, EdgeRow>;
  readonly scale: FluxScale;
  readonly caption: string;
}): JSX.Element {
  const [host, width] = useElementWidth<HTMLDivElement>();
  const isDrawn = topology.nodes.length <= MOST_NODES && topology.edges.length <= MOST_EDGES;
  const height = heightOf(first, width);
  const places = useMemo(
    () =>
      isDrawn && width > 0
        ? placesOf(first, topology, { width, height, margin: nodeRadius(first.nodes.length) + 18 })
        : undefined,
    [first, topology, width, height, isDrawn],
  );
  const edges = [...flows.values()];
  const greatest = greatestFlux(edges);
  return (
    <div ref={host} className="pillars-graph" data-crowd={isDrawn && topology.nodes.length > CROWD}>
      {!isDrawn && <p className="muted pillars-too-large">{tooLarge(topology)}</p>}
      {places !== undefined && (
        <svg width={width} height={height} role="img" aria-label={saidGraph(topology, edges, caption)}>
          <FluxEdges topology={topology} places={places} flows={flows} scale={scale} greatest={greatest} />
          <GraphNodes topology={topology} places={places} values={values} />
        </svg>
      )}
    </div>
  );
});

/** Known before the drawing, so that the layout is stable. */
function heightOf({ nodes }: Topology, width: number): number {
  if (width < 500) return 340;
  return nodes.length > CROWD ? 640 : 440;
}

function saidGraph({ nodes, edges }: Topology, rows: readonly EdgeRow[], caption: string): string {
  const size = `Graph of ${nodes.length} nodes and ${edges.length} edges, ${caption}`;
  const greatest = greatestFlux(rows);
  if (rows.length === 0) return size;
  if (greatest === 0) return `${size}; nothing flows`;
  const row = rows.find(({ f_e }) => Math.abs(f_e) === greatest)!;
  return `${size}; the greatest flux on ${saidFlow(row)}`;
}

function tooLarge({ nodes, edges }: Topology): string {
  return `A graph of ${nodes.length} nodes and ${edges.length} edges is too large to draw; the tables below are complete.`;
}

/** Minimum radius of nodes with their value inside. */
const ROOMY = 13;
const COMPACT = new Intl.NumberFormat('en-GB', { notation: 'compact', maximumFractionDigits: 1 });

function nodeRadius(count: number): number {
  if (count <= 16) return 19;
  if (count <= 40) return 14;
  return count <= 150 ? 6 : count <= 600 ? 4 : 2.5;
}

/** Nodes with their value; in large graphs only labels that do not overlap. */
function GraphNodes({
  topology,
  places,
  values,
}: {
  readonly topology: Topology;
  readonly places: Layout;
  readonly values: ReadonlyMap<number, number>;
}): JSX.Element {
  const radius = nodeRadius(topology.nodes.length);
  const isRoomy = radius >= ROOMY;
  const shown = isRoomy ? undefined : labelled(places, { x: 46, y: 20 });
  return (
    <g>
      {topology.nodes.map(({ node_id, label }) => {
        const at = places.get(node_id);
        if (at === undefined) return null;
        const value = values.get(node_id);
        return (
          <g
            key={node_id}
            transform={`translate(${at.x.toFixed(1)} ${at.y.toFixed(1)})`}
            className="pillars-node"
          >
            <title>{`node ${node_id} (${label}): u = ${shownNumber(value)}`}</title>
            <circle r={radius} />
            {(shown?.has(node_id) ?? true) && (
              <text y={isRoomy ? 4 : -radius - 4}>{value === undefined ? '–' : shortNumber(value)}</text>
            )}
            {isRoomy && (
              <text className="pillars-node-id" y={radius + 13}>
                {label === '' ? node_id : label}
              </text>
            )}
          </g>
        );
      })}
    </g>
  );
}

/** At most about five characters; the full value is in the table and the title. */
function shortNumber(value: number): string {
  return Math.abs(value) < 10_000 ? String(value) : COMPACT.format(value);
}
