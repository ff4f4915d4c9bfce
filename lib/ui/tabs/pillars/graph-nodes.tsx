import type { JSX } from 'react';
import type { Topology } from '../../../service/wire/index.js';
import { shownNumber } from '../../parts/numbers.js';
import { labelled } from './graph-fit.js';
import type { Layout } from './graph-layout.js';

/** Minimum radius of nodes with their value inside. */
const ROOMY = 13;
const COMPACT = new Intl.NumberFormat('en-GB', { notation: 'compact', maximumFractionDigits: 1 });

export function nodeRadius(count: number): number {
  if (count <= 16) return 19;
  if (count <= 40) return 14;
  return count <= 150 ? 6 : count <= 600 ? 4 : 2.5;
}

/** Nodes with their value; in large graphs only labels that do not overlap. */
export function GraphNodes({
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
