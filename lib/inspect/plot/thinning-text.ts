import type { Span, TickColumns } from './tick-columns.js';

/** States how many nodes and ticks a cell of the heat map covers, and which of their values it shows. */
export function cellsText(columns: TickColumns): string {
  const [nodes, ticks] = [columns.nodesPerRow, columns.ticksPerColumn];
  if (nodes.most === 1 && ticks.most === 1) return 'Every node is shown at every tick.';
  const rows = nodes.most === 1 ? 'one node' : `${spanText(nodes)} nodes`;
  const stretch = ticks.most === 1 ? 'one tick' : `${spanText(ticks)} ticks${ENDS}`;
  return `A cell covers ${rows} x ${stretch}: its upper half shows the maximum, its lower half the minimum.`;
}

/** States how many ticks a point of a curve covers; empty if every tick has its own point. */
export function curvesText(columns: TickColumns): string {
  const ticks = columns.ticksPerColumn;
  if (ticks.most === 1) return '';
  return `Curves show the minimum and the maximum of every ${spanText(ticks)} ticks${ENDS}.`;
}

const ENDS = ' (the first and the last tick are separate)';

function spanText({ least, most }: Span): string {
  return least === most ? String(most) : `${String(least)}-${String(most)}`;
}
