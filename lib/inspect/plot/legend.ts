import { escaped } from '../../base/xml-text.js';
import type { RunInputs, TopologyNode } from '../../engine/inputs.js';
import { SHADES } from './heat-map.js';
import { LEFT, RIGHT } from './panel.js';
import { px } from './scale.js';

/** Height of a line of the legend in pixels. */
export const LINE = 18;

/** Lines below the title of a drawing. */
export interface Legend {
  readonly lines: readonly string[];
  readonly height: number;
}

/** A ramp from the minimum to the maximum of the heat map. */
export function ramp({ from, to }: { readonly from: number; readonly to: number }, top: number): Legend {
  const text = (value: number, x: number, anchor: string): string =>
    `<text class="note" x="${String(x)}" y="${px(top + 9)}" text-anchor="${anchor}">${String(value)}</text>`;
  const low = String(from).length * WIDEST;
  const start = LEFT + low + 8;
  const bar = Array.from(
    { length: SHADES },
    (_, n) =>
      `<rect class="s${String(n)}" x="${String(start + n * 14)}" y="${px(top)}" width="14" height="10"/>`,
  );
  const lines = [text(from, LEFT + low, 'end'), ...bar, text(to, start + SHADES * 14 + 8, 'start')];
  return { lines, height: LINE };
}

/** Maximum width of a digit in pixels. */
const WIDEST = 7;

const PER_ROW = 6;

/** One entry per node. */
export function keys(inputs: RunInputs, top: number): Legend {
  const width = (RIGHT - LEFT) / PER_ROW;
  const lines = everyNode(inputs).map(({ node_id, label }, n) => {
    const left = LEFT + (n % PER_ROW) * width;
    const y = top + 8 + Math.floor(n / PER_ROW) * LINE;
    const own = label === `n${String(node_id)}` || label === '' ? '' : ` ${label}`;
    const text = `${String(node_id)}${own}`.slice(0, 20);
    const key = `<path class="key k${String(n)}" d="M${px(left)} ${px(y - 4)}h18"/>`;
    return `${key}<text class="note" x="${px(left + 24)}" y="${px(y)}">node ${escaped(text)}</text>`;
  });
  return { lines, height: Math.ceil(lines.length / PER_ROW) * LINE };
}

/** Every node of the graph at any tick, with its first label. */
function everyNode({ topology, slp = [] }: RunInputs): readonly TopologyNode[] {
  const nodes = [...topology.nodes];
  for (const event of slp) {
    if (event.op_type !== 'ADD_NODE' || event.payload.node_id <= nodes.length) continue;
    const { node_id, label } = event.payload;
    nodes.push({ node_id, label: label ?? `n${String(node_id)}` });
  }
  return nodes;
}
